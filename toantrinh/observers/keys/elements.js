// What every question about the keyboard rests on: elements by number, in words, in order, with the focus.
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
