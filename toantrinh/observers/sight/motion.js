// What goes on by itself in the page, and what there is to stop it. Kept in a world of its own: `state()` tells what has
// changed since the first call, `sample(i, phase)` stops animation i at a phase of its round, `go(i)` lets it run on.
(words) => {
  const name = (el) => {
    const parts = [];
    for (let at = el; at && at.nodeType === 1 && at !== document.documentElement && parts.length < 3; at = at.parentElement) {
      if (at.id) { parts.unshift('#' + CSS.escape(at.id)); break; }
      const kind = (at.getAttribute('class') || '').trim().split(/\s+/).filter(Boolean).slice(0, 1);
      parts.unshift(at.localName + kind.map((one) => '.' + CSS.escape(one)).join(''));
    }
    return parts.join(' > ') || el.localName;
  };
  const seen = (el) => {
    const box = el.getBoundingClientRect();
    return box.width > 2 && box.height > 2 && box.bottom + scrollY > 0 && (!el.checkVisibility || el.checkVisibility({ opacityProperty: true, visibilityProperty: true }));
  };
  const place = (el) => { const box = el.getBoundingClientRect(); return [box.left + scrollX, box.top + scrollY, box.width, box.height]; };
  const onPage = ([x, y]) => [document.documentElement, document.body].some((one) => one && x < one.scrollWidth && y < one.scrollHeight);
  const says = (el) => (el.getAttribute('aria-label') || el.innerText || el.title || el.value || '').trim().toLowerCase().normalize('NFC').replace(/\s+/g, ' ');
  const controls = [...document.querySelectorAll('button, [role=button], a, input[type=button]')].slice(0, 2000).filter(seen);
  const named = (list) => controls.map(says).filter((said) => said && said.length < 60 && list.some((word) => said === word || said.startsWith(word + ' '))).slice(0, 5);
  const text = (document.body ? document.body.innerText : '').slice(0, 60000).normalize('NFC');
  const limits = [];
  for (const one of words.limit) { const hit = new RegExp(one, 'i').exec(text); if (hit) limits.push(hit[0].slice(0, 120)); }
  let refresh = null;
  for (const one of document.querySelectorAll('meta[http-equiv]')) {
    if (one.httpEquiv.toLowerCase() !== 'refresh') continue;
    const parts = /^\s*([\d.]+)\s*(?:[;,]\s*(?:url\s*=\s*)?['"]?([^'"]*))?/i.exec(one.content);
    if (parts) refresh = { delay: Number(parts[1]) * 1000, to: (parts[2] || '').trim() };
  }
  const marquees = [...document.querySelectorAll('marquee, blink')].filter(seen).slice(0, 10).map((el) => ({ selector: name(el), tag: el.localName, loop: Number(el.getAttribute('loop') || -1), box: place(el) }));
  const videos = [...document.querySelectorAll('video')].filter((el) => seen(el) && !el.paused && !el.controls && (el.loop || !(el.duration <= 5))).slice(0, 10).map((el) => ({ selector: name(el), lasts: el.loop ? null : el.duration * 1000, box: place(el) }));
  const pictures = [];
  const MOVING = /\.(gif|webp|apng)([?#]|$)|^data:image\/(gif|webp|apng)/i;
  const add = (el, address) => { if (MOVING.test(address) && pictures.length < 30 && seen(el)) pictures.push({ selector: name(el), address: address.slice(0, 2000000), box: place(el) }); };
  for (const el of [...document.querySelectorAll('*')].slice(0, 20000)) {
    if (el.localName === 'img') add(el, el.currentSrc || el.src);
    const image = getComputedStyle(el).backgroundImage;
    if (image.includes('url(')) { const found = /url\("?([^")]+)"?\)/.exec(image); if (found) add(el, found[1]); }
  }
  const animations = document.getAnimations().filter((one) => one.effect && one.effect.target && one.playState === 'running' && (!one.timeline || one.timeline === document.timeline)).slice(0, 60);
  const rounds = animations.map((one, i) => {
    const timing = one.effect.getComputedTiming(), frames = one.effect.getKeyframes();
    return { i, selector: name(one.effect.target) + (one.effect.pseudoElement || ''), duration: Number(timing.duration) || 0, times: timing.iterations === Infinity ? -1 : timing.iterations, alternate: /alternate/.test(timing.direction), frames: Math.max(frames.length, 2), box: place(one.effect.target) };
  }).filter((one) => onPage(one.box));
  const began = performance.now(), changes = new Map();
  const CLOCK = /\d{1,2}\s*[:h]\s*\d{2}|\d{1,2}\/\d{1,2}\/\d{4}|(giờ|phút|giây)/;
  const watcher = new MutationObserver((list) => {
    for (const one of list) {
      const el = one.target.nodeType === 1 ? one.target : one.target.parentElement;
      if (!el || changes.size > 200) continue;
      const said = (el.innerText || '').trim();
      const wording = one.type !== 'attributes';
      const clock = wording && said.length < 80 && CLOCK.test(said);
      const known = changes.get(el) || { times: [], wording, clock };
      const now = performance.now() - began;
      if (known.times.length < 200) known.times.push(now);
      known.clock = known.clock && clock; known.wording = known.wording && wording;
      changes.set(el, known);
    }
  });
  watcher.observe(document.documentElement, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ['class', 'style', 'src', 'hidden', 'aria-hidden', 'transform', 'd'] });
  return {
    facts: () => ({ pauses: named(words.pause), extends: named(words.extend), limits, refresh, marquees, videos, pictures, rounds, busy: !!document.querySelector('[aria-busy=true]') }),
    state: () => ({
      now: performance.now() - began,
      changes: [...changes].filter(([el]) => el.isConnected && seen(el)).slice(0, 40).map(([el, one]) => ({ selector: name(el), first: one.times[0], last: one.times[one.times.length - 1], count: one.times.length, clock: one.clock, wording: one.wording, text: (el.innerText || '').trim().slice(0, 60), box: place(el), on_page: onPage(place(el)) })),
    }),
    sample: (i, phase) => { const one = animations[i], timing = one.effect.getComputedTiming(); one.pause(); one.currentTime = (timing.delay || 0) + phase * Number(timing.duration); },
    go: (i) => animations[i].play(),
    end: () => watcher.disconnect(),
  };
}
