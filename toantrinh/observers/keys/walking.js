// The walk by Tab, and the skip link.
// Presses that are under way together: where each of them led, as the next one finds it.
let heard = null;
const where = element => element ? {left: false, number: number(element), main: !!within(element, MAIN), opaque: frameLike(element),
  dialog: !!within(element, DIALOG)} : {left: true, number: -1, main: false, opaque: false, dialog: false};
const hear = event => {
  if (!heard || !event.isTrusted || event.key !== 'Tab') return;
  const at = active();
  if (event.type === 'keydown') {
    heard.moved ||= at !== (heard.presses ? heard.released : heard.start);
    if (heard.presses++) heard.path.push(where(at));
  }
  heard.released = at;
};
for (const type of ['keydown', 'keyup']) addEventListener(type, hear, true);

globalThis.keyboard = {
  scan() {
    const found = tabbable(), around = found.filter(e => !within(e, MAIN));
    return {count: found.length, inside: found.filter(e => within(e, MAIN)).length, main: !!main(), positive: found.some(e => e.tabIndex > 0),
      around: around.map(e => [e.localName, e.getAttribute('href') || '', e.href ? '' : name(e)].join('|')).join('\n').slice(0, 60000)};
  },
  begin(mainAlone) {
    focus((mainAlone && main()) || document.body, true);
    if (!mainAlone) scrollTo(0, 0);
    return true;
  },
  stop() { heard = null; return where(active()); },
  listen() { heard = {path: [], presses: 0, start: active(), moved: false}; return true; },
  path(presses) {
    const {path, moved, presses: all} = heard;
    this.listen();
    return moved || all !== presses ? null : [...path, where(heard.start)];
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
  // Two frames: what a press does at once is done, such as following a link within the page.
  frames() { return new Promise(done => { setTimeout(done, 250); requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))); }).then(() => { finish(); return true; }); },
  // The stop where the focus stays once what the page does at once about it is done.
  settled() { return new Promise(done => setTimeout(() => done(globalThis.keyboard.stop()), 20)); },
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
};
