// What shows up when the pointer rests on something, and goes away again. Kept as elements between two questions.
(() => {
  const MOST = 6000, MOST_TRIGGERS = 8, COVERED = 40;
  const HINTS = '[aria-haspopup],[aria-describedby],[data-tooltip],[data-tip],[data-bs-toggle=tooltip],[data-toggle=tooltip],[data-bs-toggle=popover],[class*=tooltip i],[class*=popover i],[class*=dropdown i],abbr';
  const squeeze = (text) => (text || '').replace(/\s+/g, ' ').trim();
  const seen = (el) => {
    if (!el.isConnected || !el.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
    const box = el.getBoundingClientRect();
    return box.width > 4 && box.height > 4 && box.right > 0 && box.bottom > 0;
  };
  const everything = () => Array.from(document.body.querySelectorAll('*')).slice(0, MOST);
  const selector = (el) => {
    const parts = [];
    for (let at = el; at && at !== document.documentElement && parts.length < 5; at = at.parentElement) {
      if (at.id) { parts.unshift('#' + CSS.escape(at.id)); break; }
      const like = at.parentElement ? Array.from(at.parentElement.children).filter((c) => c.localName === at.localName) : [at];
      parts.unshift(like.length > 1 ? `${at.localName}:nth-of-type(${like.indexOf(at) + 1})` : at.localName);
    }
    return parts.join(' > ');
  };
  const lines = () => {
    const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node && found.length < 800; node = walk.nextNode()) {
      if (!node.data.trim() || !seen(node.parentElement)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      found.push(range.getBoundingClientRect());
    }
    return found;
  };
  let triggers = [], before = new Set(), words = [], shown = null, earlier = null;
  const until = async (limit, holds) => {
    for (const end = performance.now() + limit; !holds() && performance.now() < end;) await new Promise((next) => setTimeout(next, 25));
    return holds();
  };
  const fresh = () => {
    for (const el of everything()) {
      if (before.has(el) || !seen(el) || !squeeze(el.innerText) || (el.parentElement && !before.has(el.parentElement) && seen(el.parentElement))) continue;
      return el;
    }
    return null;
  };
  return {
    triggers() {
      const hides = (el) => Array.from(el.children).some((c) => !seen(c) && squeeze(c.textContent) && !c.matches('script,style,template'));
      triggers = everything().filter((el) => seen(el) && (el.matches(HINTS) || (el.matches('nav li,header li') && hides(el))))
        .filter((el) => { const box = el.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight && box.width < innerWidth * 0.8 && box.height < 200; })
        .filter((el, at, all) => !all.some((other) => other !== el && other.contains(el))).slice(0, MOST_TRIGGERS);
      return triggers.map((el) => {
        const box = (Array.from(el.children).find((c) => seen(c) && c.matches('a,button')) || el).getBoundingClientRect();
        return { selector: selector(el), markup: el.cloneNode(false).outerHTML.replace(/<\/[^>]*>$/, '').slice(0, 200), name: squeeze(el.innerText).slice(0, 60), at: [box.left + box.width / 2, box.top + box.height / 2] };
      });
    },
    // True when something comes while the pointer rests nowhere.
    restless(limit) { return until(limit, () => fresh() !== null); },
    // True when what appeared before is what appears now.
    same() { return shown !== null && shown === earlier; },
    remember() { before = new Set(everything().filter(seen)); words = lines(); earlier = shown; shown = null; return true; },
    async appeared(limit) {
      if (!await until(limit, () => fresh() !== null)) return null;
      shown = fresh();
      await until(400, () => shown.getAnimations().every((one) => one.playState !== 'running'));
      if (!seen(shown)) return null;
      const box = shown.getBoundingClientRect();
      const covers = words.some((one) => Math.min(one.right, box.right) - Math.max(one.left, box.left) > 4 && (Math.min(one.right, box.right) - Math.max(one.left, box.left)) * (Math.min(one.bottom, box.bottom) - Math.max(one.top, box.top)) > COVERED && one.bottom > box.top && one.top < box.bottom);
      return { selector: selector(shown), text: squeeze(shown.innerText).slice(0, 200), box: [box.left, box.top, box.width, box.height], covers };
    },
    gone(limit) { return until(limit, () => !seen(shown)); },
  };
})()
