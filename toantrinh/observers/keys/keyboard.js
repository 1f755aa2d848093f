// Runs in a world of its own, where the page's scripts cannot change what is called here. Installs `keyboard`.
(() => {
  const MOST = 1500, FIELD = 'input:not([type=hidden]):not([type=button]):not([type=submit]):not([type=reset]):not([type=image]),select,textarea,[role=combobox],[role=textbox]';
  const MAIN = 'main,[role=main]', DIALOG = 'dialog,[role=dialog],[role=alertdialog],[aria-modal=true]';
  const PARTS = [['dialog', DIALOG], ['main', MAIN], ['nav', 'nav,[role=navigation]'], ['header', 'header,[role=banner]'],
    ['footer', 'footer,[role=contentinfo]'], ['aside', 'aside,[role=complementary]']];
  const TABBABLE = 'a[href],area[href],button,input:not([type=hidden]),select,textarea,summary,audio[controls],video[controls],[contenteditable=""],[contenteditable=true],[tabindex]';
  const seen = [], numbers = new Map();
  const number = element => {
    if (!numbers.has(element)) { numbers.set(element, seen.length); seen.push(element); }
    return numbers.get(element);
  };
  const up = element => element.parentElement || (element.getRootNode().host ?? null);
  const within = (element, what) => { for (let e = element; e; e = up(e)) if (e.matches(what)) return e; return null; };
  const squeeze = (text, most = 80) => (text || '').replace(/\s+/g, ' ').trim().slice(0, most);
  const shown = element => element.checkVisibility({visibilityProperty: true}) && element.getClientRects().length > 0;
  const selector = element => {
    const steps = [];
    for (let e = element; e && e !== document.documentElement && steps.length < 7; e = up(e)) {
      if (e.id && !/\d{4,}/.test(e.id)) { steps.unshift('#' + CSS.escape(e.id)); break; }
      const tag = e.localName, like = e.parentElement ? [...e.parentElement.children].filter(c => c.localName === tag) : [e];
      steps.unshift(like.length > 1 ? `${tag}:nth-of-type(${like.indexOf(e) + 1})` : tag);
    }
    return steps.join(' > ');
  };
  const markup = element => element.cloneNode(false).outerHTML.replace(/<\/[^<]*>$/, '').slice(0, 200);
  const name = element => {
    const by = element.getAttribute('aria-labelledby');
    const named = by && by.split(/\s+/).map(id => document.getElementById(id)?.textContent || '').join(' ');
    const labels = element.labels && [...element.labels].map(label => label.textContent).join(' ');
    return squeeze(named || element.getAttribute('aria-label') || labels || element.innerText || element.textContent
      || element.getAttribute('title') || element.getAttribute('placeholder') || element.querySelector?.('img')?.alt || element.value);
  };
  const part = element => {
    for (let e = element; e; e = up(e)) for (const [what, found] of PARTS) if (e.matches(found)) return what;
    return '';
  };
  const kind = element => [element.localName, element.type || '', element.getAttribute('role') || '', [...element.classList].slice(0, 3).sort().join('.'),
    part(element), element.parentElement ? element.parentElement.localName + '.' + [...element.parentElement.classList].slice(0, 2).join('.') : ''].join('|').slice(0, 160);
  const roots = () => {
    const found = [document];
    for (let i = 0; i < found.length && i < 50; i++) {
      let looked = 0;
      for (const element of found[i].querySelectorAll('*')) {
        if (++looked > 60000) break;
        if (element.shadowRoot) found.push(element.shadowRoot);
      }
    }
    return found;
  };
  const tabbable = () => {
    const found = [], modal = [...document.querySelectorAll('dialog:modal')].pop(), groups = new Set();
    for (const root of roots()) for (const element of root.querySelectorAll(TABBABLE)) {
      if (found.length >= MOST) return found;
      if (element.matches(':disabled') || within(element, '[inert]') || (modal && !within(element, 'dialog:modal'))) continue;
      if (element.tabIndex < 0 && !(element.isContentEditable && !element.hasAttribute('tabindex'))) continue;
      if (element.localName === 'summary' && element.parentElement?.querySelector(':scope > summary') !== element && !element.hasAttribute('tabindex')) continue;
      if (!shown(element)) continue;
      if (element.type === 'radio' && element.name) {
        const group = (element.form ? number(element.form) : -1) + '|' + element.name;
        if (groups.has(group)) continue;
        groups.add(group);
      }
      found.push(element);
    }
    return found;
  };
  const active = () => {
    let element = document.activeElement;
    for (let depth = 0; element && depth < 10; depth++) {
      if (element.shadowRoot?.activeElement) { element = element.shadowRoot.activeElement; continue; }
      let inner = null;
      try { inner = element.localName === 'iframe' && element.contentDocument?.activeElement; } catch (foreign) { inner = null; }
      if (inner && inner.localName !== 'body') element = inner; else break;
    }
    return !element || element === document.body || element === document.documentElement ? null : element;
  };
  const box = element => { const r = element.getBoundingClientRect(); return [r.left + scrollX, r.top + scrollY, r.width, r.height].map(v => Math.round(v * 10) / 10); };
  const styles = element => { try { return getComputedStyle(element); } catch (foreign) { return {}; } };
  const tied = element => { for (let e = element; e; e = up(e)) if (/fixed|sticky/.test(styles(e).position)) return true; return false; };
  const reordered = element => {
    for (let e = element; e.parentElement && e !== document.body; e = up(e)) {
      const around = styles(e.parentElement), own = styles(e);
      if (!/flex|grid/.test(around.display)) continue;
      if (/flex/.test(around.display) && /reverse/.test(around.flexDirection + around.flexWrap)) return true;
      if ([...e.parentElement.children].some(c => styles(c).order !== '0')) return true;
      if (/grid/.test(around.display) && (own.gridRowStart !== 'auto' || own.gridColumnStart !== 'auto')) return true;
    }
    return false;
  };
  const finish = () => { for (const a of document.getAnimations()) if (a instanceof CSSTransition) try { a.finish(); } catch (endless) { /* goes on */ } };
  const focus = (element, quietly) => {
    const had = element.getAttribute('tabindex');
    if (!element.matches(TABBABLE)) element.tabIndex = -1;
    element.focus({preventScroll: quietly});
    if (had === null) { if (!element.matches('a[href],button,input,select,textarea,summary')) element.removeAttribute('tabindex'); }
    else element.setAttribute('tabindex', had);
  };
  const main = () => document.querySelector(MAIN);
  const frameLike = element => /^(iframe|frame|object|embed|video|audio)$/.test(element.localName) || element.localName.includes('-');
  const dialogs = () => [...document.querySelectorAll(DIALOG)].filter(d => shown(d) && styles(d).opacity !== '0' && d.getBoundingClientRect().width > 20);
  // An overlay that no role marks: fixed, large, in the middle, on top.
  const overlays = () => [...document.querySelectorAll('body *')].slice(0, 20000).filter(e => {
    if (!/fixed|absolute/.test(styles(e).position) || !shown(e)) return false;
    const r = e.getBoundingClientRect();
    return r.width > 180 && r.height > 80 && r.left < innerWidth / 2 && r.right > innerWidth / 2 && r.top < innerHeight * 0.6 && r.bottom > innerHeight * 0.2
      && Number(styles(e).zIndex) > 0 && e.contains(document.elementFromPoint(innerWidth / 2, Math.min(innerHeight - 2, Math.max(2, r.top + r.height / 2))));
  });
  // Something else lies over it, such as a layer that nobody closed: what its focus looks like cannot be told.
  const covered = (element, r) => {
    const top = element.getRootNode().elementFromPoint(r.left + r.width / 2, r.top + r.height / 2);
    return !!top && !element.contains(top) && !top.contains(element) && ![...(element.labels || [])].some(label => label.contains(top) || top.contains(label));
  };
  let before = new Set(), pressed = null, opened = null, changes = 0, watcher = null;

  globalThis.keyboard = {
    scan() {
      const found = tabbable(), around = found.filter(e => !within(e, MAIN));
      return {count: found.length, main: !!main(), positive: found.some(e => e.tabIndex > 0),
        around: around.map(e => [e.localName, e.getAttribute('href') || '', e.href ? '' : name(e)].join('|')).join('\n').slice(0, 60000)};
    },
    begin(mainAlone) {
      focus((mainAlone && main()) || document.body, true);
      if (!mainAlone) scrollTo(0, 0);
      return true;
    },
    stop() {
      const element = active();
      return element ? {left: false, number: number(element), main: !!within(element, MAIN), opaque: frameLike(element),
        dialog: !!within(element, DIALOG)} : {left: true, number: -1, main: false, opaque: false, dialog: false};
    },
    unreached(visited) {
      const known = new Set(visited.map(n => seen[n]));
      const names = new Set([...known].filter(e => e.type === 'radio').map(e => e.name));
      return tabbable().filter(e => !known.has(e) && !(e.type === 'radio' && names.has(e.name)) && ![...known].some(k => k.contains(e) || k.shadowRoot?.contains(e)))
        .slice(0, 10).map(selector);
    },
    tell(asked) {
      const found = asked.map(n => seen[n]);
      const inOrder = [...found].sort((a, b) => a === b ? 0 : a.compareDocumentPosition(b) & 4 ? -1 : 1);
      scrollTo(0, 0);
      return found.map(e => {
        const b = box(e);
        return {selector: selector(e), markup: markup(e), name: name(e), kind: kind(e), tabindex: e.tabIndex, rank: inOrder.indexOf(e), part: part(e),
          form: e.form ? number(e.form) : -1, field: e.matches(FIELD), tied: tied(e), reordered: reordered(e),
          aside: !shown(e) || b[2] < 3 || b[3] < 3 || b[0] + b[2] <= 0 || b[1] + b[3] <= 0 || e.ownerDocument !== document, box: b};
      });
    },
    selectorsOf(asked) { return asked.map(n => selector(seen[n])); },
    markupOf(n) { return markup(seen[n]); },
    dialogOpen() { return dialogs().length; },
    buttonsIn(asked) { return asked.some(n => seen[n].matches('button,a[href],input[type=button],input[type=submit],[role=button]')); },
    // With focus: where to take the picture, and what could mislead it.
    focused(n, already) {
      const e = seen[n];
      if (!already) { e.scrollIntoView({block: 'center', behavior: 'instant'}); e.focus({preventScroll: true}); }
      finish();
      const boxes = [e.getBoundingClientRect(), ...[...(e.labels || [])].map(l => l.getBoundingClientRect())].filter(r => r.width && r.height);
      if (!boxes.length || active() !== e) return null;
      const left = Math.max(0, Math.min(...boxes.map(r => r.left)) - 10), top = Math.max(0, Math.min(...boxes.map(r => r.top)) - 10);
      const right = Math.min(innerWidth, Math.max(...boxes.map(r => r.right)) + 10, left + 620), bottom = Math.min(innerHeight, Math.max(...boxes.map(r => r.bottom)) + 10, top + 320);
      const own = boxes[0], css = styles(e);
      const writes = e.matches('textarea,[contenteditable=""],[contenteditable=true],input:not([type]),input[type=text],input[type=search],input[type=email],input[type=tel],input[type=url],input[type=number],input[type=password],input[type=date]');
      const clear = /rgba\(.*, 0\)|transparent/.test(css.caretColor) || css.caretColor === css.backgroundColor;
      changes = 0;
      watcher = watcher || new MutationObserver(list => { changes += list.length; });
      watcher.observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
      return {clip: [left + scrollX, top + scrollY, right - left, bottom - top], own: [own.left - left, own.top - top, own.width, own.height],
        outside: right <= left || bottom <= top, covered: covered(e, own), caret: writes && !clear,
        restless: document.getAnimations().some(a => a.playState === 'running') || !!e.querySelector('canvas,video') || [...document.images].some(i => /\.gif|\.webp|\.apng/i.test(i.currentSrc) && i.getBoundingClientRect().bottom > 0)};
    },
    // Without: whether something else moved meanwhile.
    blurred(n) { const moved = changes + (watcher ? watcher.takeRecords().length : 0); watcher?.disconnect(); seen[n].blur(); finish(); return moved; },
    refocus(n) { seen[n].scrollIntoView({block: 'center', behavior: 'instant'}); seen[n].focus({preventScroll: true}); return active() === seen[n]; },
    rest() { return new Promise(done => setTimeout(() => { finish(); done(true); }, 250)); },
    isAt(n) { return active() === seen[n]; },
    skipOf(asked, words) {
      const plain = text => (text || '').normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase();
      const found = asked.slice(0, 4).map(n => seen[n]).find(e => e.matches('a[href*="#"],button,[role=link]') && words.some(w => plain(name(e)).includes(w)));
      const content = main() || null;
      const beforeMain = content ? asked.filter(n => seen[n] !== found && seen[n].ownerDocument === document && !content.contains(seen[n]) && content.compareDocumentPosition(seen[n]) & 2).length : null;
      if (!found) return {number: -1, before_main: beforeMain};
      const address = found.getAttribute('href') || '', id = address.includes('#') ? decodeURIComponent(address.slice(address.indexOf('#') + 1)) : '';
      const target = id ? document.getElementById(id) || document.getElementsByName(id)[0] || null : null;
      return {number: number(found), before_main: beforeMain, selector: selector(found), markup: markup(found), target: id, target_found: !!target};
    },
    landed(link, id) {
      const from = seen[link], at = active(), content = main(), target = id ? document.getElementById(id) || document.getElementsByName(id)[0] || null : null;
      if (!at) return {lands: 'left', number: -1};
      const after = (a, b) => !!(b.compareDocumentPosition(a) & 4);
      let lands = 'before-target';
      if (at === from) lands = 'same-place';
      else if (content && content.contains(at)) lands = 'in-main';
      else if (target && target !== document.body && target.contains(at)) lands = 'in-target';
      else if (content && after(content, at)) lands = 'before-target';
      else if (target ? after(at, target) : after(at, content || from) && !!content) lands = 'after-target';
      return {lands, number: number(at)};
    },
    openers(words) {
      const plain = text => ' ' + (text || '').normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase().replace(/[^a-z0-9]+/g, ' ').trim() + ' ';
      const kinds = new Set(), found = [];
      for (const e of tabbable()) {
        if (!e.matches('button,[role=button],summary,a[href^="#"],a[role=button]') || within(e, DIALOG)) continue;
        const called = plain([name(e), e.title, e.id, e.className].join(' ')), submits = e.form && e.type === 'submit';
        if (submits || e.type === 'reset' || words.harms.some(w => called.includes(' ' + w + ' '))) continue;
        const controls = (e.getAttribute('aria-controls') || e.getAttribute('commandfor') || e.getAttribute('popovertarget') || (e.dataset.bsTarget || e.dataset.target || '').replace('#', ''));
        const pop = e.getAttribute('aria-haspopup'), aims = controls && document.getElementById(controls)?.matches(DIALOG);
        const promised = pop === 'dialog' || aims || /modal|dialog/.test((e.dataset.bsToggle || '') + (e.dataset.toggle || ''));
        const may = (pop && pop !== 'false') || e.hasAttribute('aria-expanded') || e.hasAttribute('popovertarget') || (e.localName !== 'summary' && !e.matches('a') && words.opens.some(w => called.includes(' ' + w + ' ')));
        if (!promised && !may || e.matches('[role=combobox],[role=tab]') || e.localName === 'summary') continue;
        const like = kind(e) + '|' + (promised ? controls : '');
        if (kinds.has(like)) continue;
        kinds.add(like);
        found.push([promised ? 0 : 1, number(e)]);
      }
      return found.sort((a, b) => a[0] - b[0]).map(f => f[1]);
    },
    arm(n) { before = new Set([...dialogs(), ...overlays()]); pressed = seen[n]; opened = null; return this.refocus(n); },
    async appeared(limit) {
      const until = performance.now() + limit;
      for (;;) {
        opened = dialogs().filter(d => !before.has(d)).pop() || null;
        if (!opened && performance.now() > until) opened = overlays().filter(o => !before.has(o)).shift() || null;
        if (opened || performance.now() > until) break;
        await new Promise(next => setTimeout(next, 20));
      }
      if (!opened) return null;
      const inside = () => { const a = active(); return !!a && (opened === a || opened.contains(a) || within(a, DIALOG) === opened); };
      for (const end = performance.now() + 400; !inside() && performance.now() < end;) await new Promise(next => setTimeout(next, 20));
      return {selector: selector(opened), markup: markup(opened), marked: opened.matches(DIALOG), inside: inside(),
        modal: opened.matches('dialog:modal,[aria-modal=true]') || !!opened.querySelector('[aria-modal=true]'), box: box(opened)};
    },
    inOpened() {
      const a = active();
      return {inside: !!a && (opened === a || opened.contains(a) || within(a, DIALOG) === opened), left: !a, at: a ? selector(a) : '', number: a ? number(a) : -1};
    },
    async closed(limit) {
      const gone = () => !opened.isConnected || !shown(opened) || styles(opened).opacity === '0' || opened.getBoundingClientRect().width < 20;
      for (const end = performance.now() + limit; performance.now() < end && !gone();) await new Promise(next => setTimeout(next, 20));
      if (!gone()) return null;
      for (const end = performance.now() + 400; active() !== pressed && performance.now() < end;) await new Promise(next => setTimeout(next, 20));
      const a = active();
      if (!pressed.isConnected || !shown(pressed)) return {back: 'gone', at: a ? selector(a) : ''};
      if (a && (a === pressed || pressed.contains(a) || a.contains(pressed))) return {back: 'opener', at: selector(a)};
      return {back: a ? 'elsewhere' : 'lost', at: a ? selector(a) : 'body'};
    },
    closer(words) {
      const plain = text => (text || '').normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ×✕✖]/g, c => /[đĐ]/.test(c) ? 'd' : 'x').toLowerCase().replace(/[^a-z0-9]+/g, ' ').trim();
      const found = [...opened.querySelectorAll('button,[role=button],a[href^="#"]')].find(e => shown(e) && words.some(w => plain(name(e)) === w || plain(name(e)).startsWith(w + ' ') && w.length > 2));
      if (!found) return -1;
      found.focus();
      return number(found);
    },
  };
  return true;
})()
