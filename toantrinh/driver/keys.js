// What a person who uses the keyboard alone stands on and can come to. Asked as [what, element, more]; `element` may be null.
//   stop        where the focus is: {number, left (on nothing), frame (in one), there (on `element`), focused (the document),
//               beside: radio (on another one of its group), widget (on another part of the composite widget that it is part of;
//               ARIA: arrow keys lead from part to part), or empty}
//   way         [backward, stops between]: the shorter way by Tab from the focus to `element`, counted in the source
//   focusable   whether Tab may come to `element` by what it is
//   stand-in    the element that Tab may come to in the place of `element`: itself, its field, what it holds or stands in
//   seen        all that a person can see or that is said of states, as one text: what an act may change
//   near        the same of `element`, of the landmark that it stands in, and of what it controls (aria-controls, aria-owns)
//   value       the text that a field holds
//   named       {selector, markup, label} of `element`
//   choosers    what opens the choice of files of a hidden file input: [elements that Tab may come to, elements to click]
//   few-fields  whether the form of `element` has no more than `more` text fields
//   passed-by   whether Tab passes by `element` for good: it is in the page, not disabled, and holds nothing that Tab may come to
//   links       addresses of the links that Tab may come to
//   no-stops    whether the document has nothing at all that Tab may come to
//   checked     whether a box or choice is ticked
//   options     of a native list: [steps from the present option to the one with the value `more`, whether it drops down]
//   active      whether `more`, an option of the drawn list `element`, is the one that Enter would take: yes, no, unknown
//   chosen      whether the drawn list `element` shows the words `more`
//   seed        what of the drawn list `element` takes the focus
([what, element, more]) => {
  const NATIVE = 'a[href],area[href],button,input:not([type=hidden]),select,textarea,summary,audio[controls],video[controls],iframe';
  const TABBABLE = `${NATIVE},[contenteditable],[tabindex]`;
  const COMPOSITE = '[role=tablist],[role=menu],[role=menubar],[role=toolbar],[role=radiogroup],[role=listbox],[role=grid],[role=tree],[role=treegrid]';
  const TEXT = 'input:not([type=hidden]):not([type=checkbox]):not([type=radio]):not([type=button]):not([type=submit]):not([type=reset]):not([type=image]):not([type=file]),textarea';
  const squeeze = (text) => (text || '').replace(/\s+/g, ' ').trim();
  const up = (el) => el.parentElement || (el.getRootNode().host ?? null);
  const within = (el, selector) => { for (let node = el; node; node = up(node)) if (node.matches(selector)) return node; return null; };
  const holds = (outer, inner) => { for (let node = inner; node; node = up(node)) if (node === outer) return true; return false; };
  const shown = (el) => (!el.checkVisibility || el.checkVisibility({ visibilityProperty: true })) && (el.getClientRects().length > 0 || el.localName === 'area');
  const focusable = (el) => {
    if (!el.matches(TABBABLE) && !el.isContentEditable || el.matches(':disabled') || within(el, '[inert]') || !shown(el)) return false;
    if (el.localName === 'summary' && !el.hasAttribute('tabindex') && el.parentElement?.querySelector(':scope > summary') !== el) return false;
    return el.tabIndex >= 0 || (el.isContentEditable && !el.hasAttribute('tabindex'));
  };
  const active = () => {
    let el = document.activeElement;
    while (el && el.shadowRoot && el.shadowRoot.activeElement) el = el.shadowRoot.activeElement;
    return el;
  };
  const nowhere = (el) => !el || (el === document.body && !el.isContentEditable) || el === document.documentElement;
  const stops = (root, found = []) => {
    for (const el of root.querySelectorAll('*')) { if (el.matches(TABBABLE) && focusable(el)) found.push(el); if (el.shadowRoot) stops(el.shadowRoot, found); }
    return found;
  };
  const after = (el, other) => Boolean(el.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);
  const key = Symbol.for('toantrinh.stops');

  const beside = (at) => {
    if (element.type === 'radio' && at.type === 'radio' && at.name === element.name && at.form === element.form) return 'radio';
    const mine = within(element, COMPOSITE);
    return mine && holds(mine, at) ? 'widget' : '';
  };
  const likeRadios = (el, all) => el.type !== 'radio' || !el.name || !all.some((one) => one !== el && one.type === 'radio' && one.name === el.name && one.form === el.form && (one.checked || (!el.checked && after(one, el))));

  if (what === 'stop') {
    const state = window[key] || (window[key] = { numbers: new WeakMap(), last: 0 });
    const at = active();
    if (at && !state.numbers.has(at)) state.numbers.set(at, state.last += 1);
    const left = nowhere(at) && at !== element;
    return { number: left ? 0 : state.numbers.get(at), left, there: Boolean(element) && at === element, beside: element && !left && at !== element ? beside(at) : '',
      frame: Boolean(at) && /^I?FRAME$/.test(at.tagName), focused: document.hasFocus() };
  }
  if (what === 'way') {
    const each = stops(document), all = each.filter((el) => likeRadios(el, each)), at = active(), before = all.filter((el) => after(el, element)).length;
    if (nowhere(at)) return all.length - before < before ? [true, all.length - before] : [false, before];
    const from = all.filter((el) => after(el, at)).length;
    return [from > before, Math.abs(from - before)];
  }
  if (what === 'focusable') return focusable(element);
  if (what === 'stand-in') {
    if (focusable(element)) return element;
    if (element.localName === 'label' && element.control && focusable(element.control)) return element.control;
    for (const label of element.labels || []) {
      const one = [label, ...label.querySelectorAll('*')].find(focusable);
      if (one) return one;
    }
    const inner = stops(element);
    if (inner.length === 1) return inner[0];
    for (let node = up(element); node && node !== document.body; node = up(node)) {
      if (node.matches('a[href],button,summary,[role=button],[role=link],[role=menuitem],[role=tab],[role=option]') && focusable(node)) return node;
    }
    return element;
  }
  if (what === 'seen') {
    const parts = [location.href, document.title, document.body ? document.body.innerText.replace(/\d/g, '') : ''];
    for (const el of document.querySelectorAll('input,select,textarea')) parts.push(`${el.checked ? 1 : 0}${el.type === 'password' ? el.value.length : el.value}${el.disabled ? 'd' : ''}`);
    for (const el of document.querySelectorAll('dialog[open],details[open],[aria-expanded],[aria-pressed],[aria-selected],[aria-checked],[aria-current],[aria-activedescendant]')) {
      parts.push(['open', 'aria-expanded', 'aria-pressed', 'aria-selected', 'aria-checked', 'aria-current', 'aria-activedescendant'].map((name) => el.getAttribute(name)).join());
    }
    return parts.join('\n');
  }
  if (what === 'near') {
    const landmark = within(element, 'main,nav,header,footer,aside,dialog,[role=main],[role=navigation],[role=banner],[role=contentinfo],[role=complementary],[role=search],[role=region],[role=dialog],[role=alertdialog]');
    const ids = ['aria-controls', 'aria-owns'].flatMap((name) => (element.getAttribute(name) || '').split(/\s+/)).filter(Boolean);
    const parts = [];
    for (const root of [element, landmark || element.parentElement, ...ids.map((id) => element.getRootNode().getElementById(id))].filter(Boolean)) {
      parts.push(root.isConnected && shown(root) ? (root.innerText || '').replace(/\d/g, '') : 'away');
      for (const el of [root, ...root.querySelectorAll('input,select,textarea,dialog,details,[aria-expanded],[aria-pressed],[aria-selected],[aria-checked],[aria-current]')]) {
        parts.push(`${el.checked ? 1 : 0}${el.type === 'password' ? el.value.length : el.value ?? ''}${el.disabled ? 'd' : ''}`);
        parts.push(['open', 'aria-expanded', 'aria-pressed', 'aria-selected', 'aria-checked', 'aria-current'].map((name) => el.getAttribute(name)).join());
      }
    }
    return parts.join('\n');
  }
  if (what === 'value') return 'value' in element ? String(element.value) : element.innerText;
  if (what === 'named') {
    const steps = [];
    for (let node = element; node && node !== document.documentElement && steps.length < 7; node = up(node)) {
      if (node.id && !/\d{4,}/.test(node.id)) { steps.unshift(`#${CSS.escape(node.id)}`); break; }
      const like = node.parentElement ? Array.from(node.parentElement.children).filter((one) => one.localName === node.localName) : [node];
      steps.unshift(like.length > 1 ? `${node.localName}:nth-of-type(${like.indexOf(node) + 1})` : node.localName);
    }
    const label = element.getAttribute('aria-label') || squeeze(Array.from(element.labels || []).map((one) => one.textContent).join(' ')) || element.innerText || element.title || '';
    return { selector: steps.join(' > '), markup: element.cloneNode(false).outerHTML.replace(/ value="[^"]*"/, '').slice(0, 300), label: squeeze(label).slice(0, 120) };
  }
  if (what === 'choosers') {
    const word = /chọn|tải lên|đính kèm|upload|browse|choose|tệp|file|thêm/i, never = /xóa|xoá|hủy|huỷ|bỏ|xem|mẫu|tải về|tải xuống|remove|delete|kho/i;
    const leads = /^(nộp|gửi|lưu|tiếp|thanh toán|ký số|(submit|send|save|next|continue|pay|sign)\b)/i; // never pressed for the sake of a file
    const away = (el) => el.matches('a[href]') && !/^\s*(#|javascript:|$)/i.test(el.getAttribute('href'));
    const named = (el) => { const text = squeeze(`${el.innerText} ${el.getAttribute('aria-label') || ''} ${el.title || ''}`); return word.test(text) && !never.test(text) && !leads.test(text) && !away(el) && text.length < 120; };
    const keys = [], clicks = Array.from(element.labels || []).filter(shown);
    for (const label of element.labels || []) keys.push(...[label, ...label.querySelectorAll('*')].filter((one) => one !== element && focusable(one)));
    for (let node = element.parentElement, depth = 0; node && depth < 6 && node.querySelectorAll('input[type=file]').length < 2; node = node.parentElement, depth += 1) {
      for (const one of node.querySelectorAll('button,a,label,[role=button],[tabindex],[onclick],div,span')) {
        if (one === element || keys.includes(one) || clicks.includes(one) || !shown(one) || !named(one)) continue;
        if (focusable(one) && !one.matches('input')) keys.push(one);
        else if (getComputedStyle(one).cursor === 'pointer' || one.matches('label,[onclick]')) clicks.push(one);
      }
    }
    return { keys: keys.slice(0, 3), clicks: clicks.slice(0, 3) };
  }
  if (what === 'passed-by') return element.isConnected && !element.matches(':disabled') && !focusable(element) && !stops(element).length;
  if (what === 'no-stops') return !stops(document).length;
  if (what === 'links') return stops(document).filter((el) => el.href && /^http/.test(el.href)).map((el) => el.href).slice(0, 500);
  if (what === 'checked') return 'checked' in element ? element.checked : element.getAttribute('aria-checked') === 'true';
  if (what === 'options') {
    const able = Array.from(element.options).filter((one) => !one.disabled && !one.hidden && !(one.parentElement.disabled));
    const wanted = able.findIndex((one) => one.value === more), now = able.indexOf(element.selectedOptions[0]);
    return [wanted < 0 ? 0 : wanted - now, !element.multiple && element.size < 2];
  }
  if (what === 'seed') return [element, ...element.querySelectorAll('[role=combobox],input,button,[tabindex],a[href]')].find(focusable) || element;
  if (what === 'active') {
    const at = active(), same = (one) => Boolean(one) && (one === more || holds(more, one) || holds(one, more));
    for (const el of [at, ...element.querySelectorAll('[aria-activedescendant]'), element]) {
      const id = el && el.getAttribute('aria-activedescendant');
      const named = id && el.getRootNode().getElementById(id);
      if (named && same(named)) return 'yes';
      if (named && more.parentElement.contains(named)) return 'no'; // some kits name one of a hidden list of their own
    }
    if (!nowhere(at) && (holds(more, at) || at.matches('[role=option],[role=menuitem],[role=treeitem],li'))) return same(at) ? 'yes' : 'no';
    const marked = (el) => /(^|[\s_-])(active|focus(ed)?|highlight(ed)?|hover(ed)?|current)([\s_-]|$)/i.test(typeof el.className === 'string' ? el.className : '') || el.hasAttribute('data-highlighted');
    let row = more;
    while (row.parentElement && row.parentElement.children.length === 1) row = row.parentElement;
    const bears = (el) => marked(el) || Array.from(el.querySelectorAll('*')).some(marked);
    const like = row.parentElement ? Array.from(row.parentElement.children) : [row];
    return like.some(bears) ? (bears(row) ? 'yes' : 'no') : 'unknown';
  }
  if (what === 'chosen') {
    const shows = (text) => Boolean(more) && squeeze(text).toLowerCase().includes(more.toLowerCase());
    const native = [element, ...element.querySelectorAll('select'), element.previousElementSibling, element.nextElementSibling].filter((el) => el && el.localName === 'select');
    const texts = [element.innerText, element.value, ...Array.from(element.querySelectorAll('input')).map((el) => el.value), ...native.map((el) => el.selectedOptions[0]?.textContent)];
    const open = Array.from(element.querySelectorAll('[role=option],li')).some(shown);
    return open ? texts.slice(1).some(shows) : texts.some(shows);
  }
  if (what === 'few-fields') {
    const scope = element.form || document;
    return Array.from(scope.querySelectorAll(TEXT)).filter((el) => shown(el) && !within(el, 'header,footer,nav')).length <= more;
  }
  return null;
}
