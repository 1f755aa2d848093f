// Controls that may open a dialog, what they opened, and where the focus is when it closes.
// An overlay that no role marks: fixed, large, in the middle, on top.
const overlays = () => [...document.querySelectorAll('body *')].slice(0, 20000).filter(e => {
  if (!/fixed|absolute/.test(styles(e).position) || !shown(e)) return false;
  const r = e.getBoundingClientRect();
  return r.width > 180 && r.height > 80 && r.left < innerWidth / 2 && r.right > innerWidth / 2 && r.top < innerHeight * 0.6 && r.bottom > innerHeight * 0.2
    && Number(styles(e).zIndex) > 0 && e.contains(document.elementFromPoint(innerWidth / 2, Math.min(innerHeight - 2, Math.max(2, r.top + r.height / 2))));
});
let before = new Set(), pressed = null, opened = null, held = null, awaits = false;
addEventListener('click', event => {
  if (awaits && event.isTrusted) pressed = event.composedPath().find(e => e instanceof Element && e.matches(TABBABLE)) || null;
}, true);
Object.assign(globalThis.keyboard, {
  // From now on what is pressed is remembered, by whatever it is pressed.
  awaits() { before = new Set([...dialogs(), ...overlays()]); pressed = opened = null; awaits = true; return true; },
  opener() { awaits = false; return pressed ? number(pressed) : -1; },
  // The focus is where it was when the dialog had appeared.
  again() { if (held?.isConnected && held !== active()) held.focus({preventScroll: true}); return true; },
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
    held = active();
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
    if (!pressed || !pressed.isConnected || !shown(pressed)) return {back: 'gone', at: a ? selector(a) : ''};
    if (a && (a === pressed || pressed.contains(a) || a.contains(pressed))) return {back: 'opener', at: selector(a)};
    return {back: a ? 'elsewhere' : 'lost', field: !!a && a.matches(FIELD), at: a ? selector(a) : 'body'};
  },
  closer(words) {
    const plain = text => (text || '').normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ×✕✖]/g, c => /[đĐ]/.test(c) ? 'd' : 'x').toLowerCase().replace(/[^a-z0-9]+/g, ' ').trim();
    const found = [...opened.querySelectorAll('button,[role=button],a[href^="#"]')].find(e => shown(e) && words.some(w => plain(name(e)) === w || plain(name(e)).startsWith(w + ' ') && w.length > 2));
    if (!found) return -1;
    found.focus();
    return number(found);
  },
});
