// Finds what authors have drawn themselves, without a mark-up that says what it is: drop-downs (also those in front of a
// hidden native select), date fields, things to press, the layer in front of the page.
// Given every element, `visible` and `squeeze`, it returns {widgets, inside, pressables, layer, veiled}:
// widgets: Map(element → {kind, seed, native, value}); inside: elements that belong to a widget and are no control themselves.
(everything, visible, squeeze) => {
  const SELECTISH = /(^|[\s_-])(select(?!ed|able|ion-)|dropdown|drop-down|combo|autocomplete|chosen|choices|picklist)/i;
  const DATEISH = /(^|[\s_-])(date|calendar|flatpickr|datetime|hasdatepicker)|datepicker|(^|[\s_-])picker([\s_-]|$)/i;
  const EMPTY = /^[\s\-–—.…*]*(vui lòng |xin |hãy )?(chọn|lựa chọn|chưa chọn|select|choose|please)(?![a-zà-ỹ])/i;
  const DATE_HINT = /(dd|ngày)\s*[./-]\s*(mm|tháng)\s*[./-]\s*(y|n)|mm\s*\/\s*dd/i;
  const classOf = (el) => (typeof el.className === 'string' ? el.className : el.getAttribute('class') || '');
  const selectish = (el) => SELECTISH.test(classOf(el)) || /-(select|dropdown|combobox|autocomplete)$|^(select|dropdown)-/i.test(el.tagName);
  const FIELDS = 'input:not([type=hidden]),select,textarea';
  const height = (el) => el.getBoundingClientRect().height;
  const widgets = new Map(), inside = new Set();

  const rootOf = (seed) => {
    let root = seed, node = seed.parentElement;
    for (let depth = 0; node && depth < 5; depth += 1, node = node.parentElement) {
      if (['FORM', 'BODY', 'TD', 'MAIN', 'FIELDSET', 'TR'].includes(node.tagName)) break;
      const fields = Array.from(node.querySelectorAll(FIELDS)).filter((field) => field !== seed && !seed.contains(field) && visible(field));
      if (fields.length) break;
      if (height(node) > 96 || !visible(node) || Array.from(node.querySelectorAll('label')).some((label) => !seed.contains(label))) break;
      if (selectish(node) || node.getAttribute('role') === 'combobox' || node.getAttribute('role') === 'listbox') root = node;
    }
    return root;
  };
  const shownText = (root) => {
    const parts = [];
    (function walk(node) {
      for (const child of node.childNodes) {
        if (child.nodeType === 3) parts.push(child.textContent);
        else if (child.nodeType === 1) {
          if (/placeholder|arrow|caret|clear|icon|indicator|hint/i.test(classOf(child)) || ['LABEL', 'SVG', 'svg', 'SELECT', 'SCRIPT', 'STYLE', 'UL'].includes(child.tagName)) continue;
          if (child.getAttribute('role') === 'listbox' || !visible(child)) continue;
          parts.push(' '); walk(child); parts.push(' ');
        }
      }
    })(root);
    const text = squeeze(parts.join(''));
    return EMPTY.test(text) || /placeholder/i.test(classOf(root)) || text.length < 2 && /[^\wà-ỹ]/i.test(text) ? '' : text;
  };
  const valueOf = (root, seed, native) => {
    if (native && native.tagName === 'SELECT') {
      const chosen = native.selectedOptions[0];
      if (chosen) { const text = squeeze(chosen.textContent); return EMPTY.test(text) || !chosen.value ? '' : text; }
    }
    const typed = seed.tagName === 'INPUT' ? seed : root.querySelector('input:not([type=hidden])');
    if (typed && typed.value && visible(typed)) return EMPTY.test(typed.value) ? '' : squeeze(typed.value);
    return shownText(root);
  };
  const addDropdown = (seed, native) => {
    const root = rootOf(seed);
    if (widgets.has(root) || inside.has(root)) return;
    const own = native || Array.from(root.querySelectorAll('select,input[type=hidden]'))[0]
      || [root.previousElementSibling, root.nextElementSibling].find((el) => el && el.tagName === 'SELECT' && !shown(el)) || null;
    widgets.set(root, { kind: 'dropdown', seed, native: own, value: valueOf(root, seed, own) });
    for (const el of root.querySelectorAll('*')) inside.add(el);
    if (own) inside.add(own);
  };
  const shown = (el) => {
    if (!visible(el) || el.closest('[aria-hidden=true]')) return false;
    const box = el.getBoundingClientRect();
    return box.width > 2 && box.height > 2;
  };
  const isDate = (el) => {
    if (/^(grid|dialog|calendar)$/.test(el.getAttribute('aria-haspopup') || '')) return true;
    if (DATEISH.test(classOf(el)) || el.hasAttribute('data-provide') && DATEISH.test(el.getAttribute('data-provide'))) return true;
    if (DATE_HINT.test(el.placeholder || '')) return true;
    for (let node = el.parentElement, depth = 0; node && depth < 3; node = node.parentElement, depth += 1) {
      if (node.querySelectorAll(FIELDS).length > 1 || ['FORM', 'TR', 'BODY'].includes(node.tagName)) return false;
      if (DATEISH.test(classOf(node)) || /-(datepicker|calendar)$|^(datepicker)/i.test(node.tagName)) return true;
      if (Array.from(node.querySelectorAll('i,span,svg,button,img')).some((icon) => /calendar|date/i.test(`${classOf(icon)} ${icon.getAttribute('aria-label') || ''} ${icon.getAttribute('title') || ''} ${icon.getAttribute('src') || ''}`))) return true;
    }
    return false;
  };

  const hideOpener = (input) => { // the button that opens the calendar of a date field leads nowhere
    for (let node = input.parentElement, depth = 0; node && depth < 3; node = node.parentElement, depth += 1) {
      if (node.querySelectorAll(FIELDS).length > 1 || ['FORM', 'TR', 'BODY'].includes(node.tagName)) return;
      for (const one of node.querySelectorAll('button,a,[role=button],span,i,img')) if (/lịch|calendar|datepicker|chọn ngày|date/i.test(`${classOf(one)} ${one.getAttribute('aria-label') || ''} ${one.title || ''} ${one.tagName === 'BUTTON' ? one.textContent : ''}`)) inside.add(one);
    }
  };
  const pointers = [];
  for (const el of everything) {
    const tag = el.tagName, role = el.getAttribute('role') || '';
    if (tag === 'INPUT' && ['text', 'search', 'tel', ''].includes((el.getAttribute('type') || '').toLowerCase()) && shown(el)) {
      if (isDate(el)) { widgets.set(el, { kind: 'calendar', seed: el, native: null, value: el.value }); hideOpener(el); continue; }
      let near = el.parentElement;
      for (let depth = 0; el.readOnly && near && depth < 3; near = near.parentElement, depth += 1) {
        if (near.querySelectorAll(FIELDS).length > 1) break;
        if (selectish(near)) { addDropdown(el); break; }
      }
    }
    if (tag === 'SELECT') {
      if (shown(el)) continue;
      const beside = [el.nextElementSibling, el.previousElementSibling, el.parentElement].find((one) => one && one.tagName !== 'FORM' && selectish(one) && shown(one) && height(one) <= 96);
      if (beside) addDropdown(beside, el);
      continue;
    }
    const popup = el.getAttribute('aria-haspopup');
    if (role === 'combobox' || (popup === 'listbox' && tag !== 'A')) {
      if ((tag === 'INPUT' || !el.querySelector('input')) ? shown(el) || shown(rootOf(el)) : shown(el)) addDropdown(el);
    } else if (role === 'listbox' && el.hasAttribute('tabindex') && height(el) > 10 && height(el) <= 60 && shown(el) && !Array.from(el.querySelectorAll('[role=option]')).some(shown)) addDropdown(el);
    else if ((tag === 'DIV' || tag === 'SPAN') && !role && selectish(el) && !inside.has(el) && shown(el) && height(el) <= 60) pointers.push(el);
  }
  for (const el of pointers) {
    if (inside.has(el) || widgets.has(el) || Array.from(widgets.keys()).some((root) => el.contains(root) || root.contains(el))) continue;
    if (el.querySelector('a[href],button,textarea') || Array.from(el.querySelectorAll(FIELDS)).some(shown) || el.closest('a,button,nav,[role=navigation],[role=menu],[role=listbox],[role=option],li,label')) continue;
    const text = squeeze(el.textContent);
    if (text.length > 120 || !(getComputedStyle(el).cursor === 'pointer' || el.tabIndex >= 0 || el.querySelector('[tabindex]'))) continue;
    if (EMPTY.test(text) || el.querySelector('input,select')) addDropdown(el);
  }

  const OWN = 'a[href],button,input,select,textarea,label,summary,option,[contenteditable],[role=button],[role=link],[role=tab],[role=menuitem],[role=combobox],[role=option],[role=checkbox],[role=radio],[role=switch]';
  const pressables = new Set();
  const listening = window[Symbol.for('toantrinh.listening')];
  const CANDIDATE = new Set(['DIV', 'SPAN', 'LI', 'TR', 'TD', 'P', 'I', 'IMG', 'A', 'STRONG', 'B', 'ARTICLE', 'SECTION', 'H2', 'H3', 'H4', 'H5', 'svg', 'UL', 'DD', 'FONT', 'CENTER']);
  for (const el of everything) {
    if (!CANDIDATE.has(el.tagName) || inside.has(el) || widgets.has(el)) continue;
    let asked = el.hasAttribute('onclick') || (el.tagName === 'A' && !el.hasAttribute('href')) || Boolean(listening && listening.has(el));
    if (!asked) {
      if (el.childElementCount > 12 || getComputedStyle(el).cursor !== 'pointer') continue;
      const parent = el.parentElement;
      if (parent && parent !== document.body && getComputedStyle(parent).cursor === 'pointer') continue;
      asked = true;
    }
    if (['BODY', 'HTML', 'MAIN', 'FORM'].includes(el.tagName) || el.closest(OWN) || el.querySelector(FIELDS)) continue;
    const text = el.textContent;
    if (text.length > 600 || !visible(el)) continue;
    pressables.add(el);
  }

  const NAMED = /(^|[\s_-])(modal|dialog|popup|pop-up|swal2?|sweet|lightbox|overlay|cookies?|consent|gdpr|fancybox|mfp|drawer|thong-?bao|window)/i;
  const behindVeil = (veil) => everything.find((el) => el !== veil && ['DIV', 'SECTION', 'ASIDE', 'FORM', 'TABLE', 'DIALOG'].includes(el.tagName) && !el.contains(veil) && ['fixed', 'absolute'].includes(getComputedStyle(el).position)
    && Number(getComputedStyle(el).zIndex) >= (Number(getComputedStyle(veil).zIndex) || 0) && visible(el) && squeeze(el.textContent) && el.querySelector('button,a,input,[role=button]')) || null;
  let layer = null, veiled = false;
  const wide = window.innerWidth, high = window.innerHeight;
  for (const [x, y] of [[0.5, 0.5], [0.5, 0.25], [0.5, 0.12], [0.5, 0.85], [0.5, 0.96]]) {
    let found = null;
    for (let node = document.elementFromPoint(wide * x, high * y); node && node !== document.body && node !== document.documentElement; node = node.parentElement) {
      const style = getComputedStyle(node);
      if (style.position === 'fixed' || (style.position === 'absolute' && Number(style.zIndex) >= 10)) found = node;
    }
    if (!found || found.matches('header,nav,footer,main') || found.querySelector('main,[role=main]')) continue;
    const cover = getComputedStyle(found), box = found.getBoundingClientRect();
    const whole = box.width >= wide * 0.95 && box.height >= high * 0.95;
    const named = NAMED.test(classOf(found)) || /modal|dialog|popup/i.test(found.id);
    const backed = whole || Array.from(document.body.children).some((el) => {
      if (el === found || el.contains(found) || el.textContent.trim()) return false;
      const b = el.getBoundingClientRect();
      return b.width >= wide * 0.95 && b.height >= high * 0.95 && ['fixed', 'absolute'].includes(getComputedStyle(el).position);
    });
    if (!(named || backed) || !(Number(cover.zIndex) > 0 || whole)) continue;
    if (whole && !squeeze(found.textContent)) {
      found = behindVeil(found);
      veiled = true;
      if (!found) break;
    }
    if (document.body.textContent.length - found.textContent.length < 40 || !squeeze(found.textContent)) continue;
    layer = found;
    break;
  }
  return { widgets, inside, pressables, layer, veiled };
}
