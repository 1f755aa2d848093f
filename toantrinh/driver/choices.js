// What a drop-down shows once it is open. `act`: 'mark' remembers what is in sight before the click; 'read' resolves with the
// options that have come into sight (at the latest after `limit` ms); 'pick' returns the element of one option; 'type' the box to type into.
(root, [act, limit, index]) => {
  const squeeze = (text) => (text || '').replace(/\s+/g, ' ').trim();
  const key = Symbol.for('toantrinh.choices');
  const state = window[key] || (window[key] = {});
  const shown = (el) => {
    if (el.checkVisibility && !el.checkVisibility({ visibilityProperty: true, opacityProperty: false })) return false;
    const box = el.getBoundingClientRect();
    return box.width > 1 && box.height > 1;
  };
  const classOf = (el) => (typeof el.className === 'string' ? el.className : '');
  const all = () => {
    const found = [];
    (function gather(node) { for (const el of node.querySelectorAll('*')) { found.push(el); if (el.shadowRoot) gather(el.shadowRoot); } })(document);
    return found;
  };
  const off = (el) => el.getAttribute('aria-disabled') === 'true' || /(^|[\s_-])(disabled|header|group-?label|optgroup|loading|message|empty|no-?(data|results?|items?))([\s_-]|$)/i.test(classOf(el));
  const owned = () => {
    for (const el of [root, ...root.querySelectorAll('[aria-controls],[aria-owns]')]) {
      for (const id of `${el.getAttribute('aria-controls') || ''} ${el.getAttribute('aria-owns') || ''}`.split(/\s+/).filter(Boolean)) {
        const list = document.getElementById(id);
        if (list && shown(list)) {
          const options = Array.from(list.querySelectorAll('[role=option],[role=treeitem],li')).filter(shown);
          if (options.length) return options;
        }
      }
    }
    return [];
  };
  const fresh = () => all().filter((el) => !(state.before && state.before.has(el)) && shown(el));
  const find = () => {
    const listed = owned();
    const news = fresh();
    const tries = [listed, news.filter((el) => ['option', 'treeitem', 'menuitem', 'menuitemradio'].includes(el.getAttribute('role'))),
      news.filter((el) => el.tagName === 'LI' && !el.querySelector('li')),
      news.filter((el) => /(^|[\s_-])(option|item|result|choice)([\s_-]|$)/i.test(classOf(el)) && !el.querySelector('input[type=text]'))];
    for (const many of tries) {
      const single = many.filter((el) => !many.some((other) => other !== el && other.contains(el)));
      const outer = single.length > 1 || many.length <= 1 ? single : many.filter((el) => !many.some((other) => other !== el && el.contains(other)));
      const good = outer.filter((el) => squeeze(el.textContent) && !off(el) && !/đang tải|loading|searching|đang tìm/i.test(el.textContent) && !/^(không (có|tìm thấy)|no (data|results|items|options)|vui lòng nhập|nhập (ít nhất|tối thiểu)|please enter)/i.test(squeeze(el.textContent)));
      if (good.length) return good;
    }
    const leaves = news.filter((el) => ['DIV', 'A', 'SPAN', 'TD'].includes(el.tagName) && !el.querySelector('div,a,li,input') && squeeze(el.textContent) && el.textContent.length < 160 && !off(el));
    const kinds = new Map();
    for (const leaf of leaves) { const kind = `${leaf.tagName} ${classOf(leaf).split(/\s+/)[0]}`; kinds.set(kind, [...(kinds.get(kind) || []), leaf]); }
    return Array.from(kinds.values()).sort((a, b) => b.length - a.length)[0] || [];
  };
  if (act === 'mark') {
    state.before = new WeakSet(all().filter(shown));
    state.options = [];
    return null;
  }
  if (act === 'pick') return state.options[index] || null;
  if (act === 'type') {
    state.told = state.last || '';
    const box = [...fresh(), ...root.querySelectorAll('input'), ...(root.tagName === 'INPUT' ? [root] : [])].find((el) => el.tagName === 'INPUT' && ['text', 'search', ''].includes(el.getAttribute('type') || '') && !el.readOnly && !el.disabled && (shown(el) || root.contains(el)) && !el.closest('[aria-hidden=true]'));
    return box || null;
  }
  if (act === 'open') return find().length > 0;
  return new Promise((resolve) => {
    const started = performance.now();
    let last = '', since = started;
    (function read() {
      const now = performance.now();
      const options = find();
      const texts = options.slice(0, 300).map((el) => squeeze(el.innerText || el.textContent));
      const told = texts.join('|');
      if (told !== last) { last = told; since = now; }
      if ((texts.length && now - since >= 50 && told !== (state.told || '')) || now - started >= limit) {
        state.options = options; state.told = ''; state.last = told;
        return resolve(texts);
      }
      return setTimeout(read, 15);
    })();
  });
}
