// Surveys one frame as a person would see it: controls with their names, messages, label-value pairs, headings.
// Returns {inventory, elements}: `inventory` is plain data, `elements[i]` is the element of `inventory.controls[i]`.
// `findDrawn` is drawn.js: it knows what authors drew themselves.
(findDrawn) => {
  const squeeze = (text) => (text || '').replace(/\s+/g, ' ').trim();
  const clip = (text, most) => { const t = squeeze(text); return t.length > most ? t.slice(0, most) + '…' : t; };
  const once = (ask) => { const known = new Map(); return (el) => { let it = known.get(el); if (it === undefined) known.set(el, it = ask(el)); return it; }; };
  const drawnText = once((node) => squeeze(node.innerText !== undefined ? node.innerText : node.textContent));
  const textOf = (node) => (node ? drawnText(node) : '');

  const everything = [];
  (function gather(root) {
    for (const el of root.querySelectorAll('*')) { everything.push(el); if (el.shadowRoot) gather(el.shadowRoot); }
  })(document);

  const visible = once((el) => {
    if (el.checkVisibility && !el.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
    const box = el.getBoundingClientRect();
    return box.width > 0 && box.height > 0;
  });
  const lengthOf = once((el) => el.textContent.length);
  const clipped = (el) => {
    for (let node = el, depth = 0; node && depth < 3; node = node.parentElement, depth += 1) {
      const style = getComputedStyle(node);
      if (style.position === 'absolute' && (/inset\((50|100)%/.test(style.clipPath) || /rect\(0(px)?[, ]+0/.test(style.clip) || /rect\(1px[, ]+1px/.test(style.clip))) return true;
    }
    return false;
  };
  const offPage = (box) => box.right + window.scrollX <= 0 || box.bottom + window.scrollY <= 0;
  const shut = (el) => { // within a part folded to nothing: where traps for robots are kept
    for (let node = el.parentElement, depth = 0; node && depth < 3; node = node.parentElement, depth += 1) {
      const box = node.getBoundingClientRect();
      if ((box.height <= 1 || box.width <= 1) && getComputedStyle(node).overflow !== 'visible') return true;
    }
    return false;
  };
  const asWords = (attribute) => (attribute || '').replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/[_.\[\]-]+/g, ' ');
  const labelsOf = (el) => (el.labels ? Array.from(el.labels) : []);
  const reachable = (el) => {
    if (el.closest('[aria-hidden=true]')) return false;
    if (visible(el) && !clipped(el)) { const box = el.getBoundingClientRect(); if (box.width > 2 && box.height > 2 && !(isField(el) && (offPage(box) || shut(el)))) return true; }
    return (el.type === 'checkbox' || el.type === 'radio') && labelsOf(el).some(visible);
  };

  const byIds = (el, attribute) => squeeze((el.getAttribute(attribute) || '').split(/\s+/).filter(Boolean)
    .map((id) => { const target = el.getRootNode().getElementById ? el.getRootNode().getElementById(id) : null;
                   return target ? squeeze(target.textContent) : ''; }).join(' '));
  const ownText = (el) => {
    const parts = [];
    (function walk(node) {
      for (const child of node.childNodes) {
        if (child.nodeType === 3) parts.push(child.textContent);
        else if (child.nodeType === 1) {
          if (child.getAttribute('aria-hidden') === 'true') continue;
          if (child.tagName === 'IMG' || child.getAttribute('role') === 'img') parts.push(child.getAttribute('alt') || child.getAttribute('aria-label') || '');
          else if (child.tagName === 'svg' || child.tagName === 'SVG') { const t = child.querySelector('title'); parts.push(t ? t.textContent : ''); }
          else if (!['SCRIPT', 'STYLE', 'SELECT', 'TEXTAREA', 'OPTION'].includes(child.tagName)) { parts.push(' '); walk(child); parts.push(' '); }
        }
      }
    })(el);
    return squeeze(parts.join(''));
  };
  const isField = (el) => ['INPUT', 'SELECT', 'TEXTAREA'].includes(el.tagName) || el.isContentEditable
    || ['textbox', 'combobox', 'searchbox', 'spinbutton', 'listbox'].includes(el.getAttribute('role'));
  const nearbyText = (el) => {
    const cell = el.closest('td,th');
    if (cell && el.type === 'file' && cell.parentElement) {
      const first = Array.from(cell.parentElement.cells).find((one) => !one.contains(el) && /[a-zà-ỹ]{3}/i.test(textOf(one)));
      if (first) return clip((first.innerText || '').trim().split('\n')[0], 160);
    }
    if (cell) { // words of its own cell, right before it
      let before = el.previousSibling;
      while (before && !(before.nodeType === 1 && (before.matches('input,select,textarea,button,a') || before.querySelector('input,select,textarea')))) {
        const t = squeeze(before.textContent);
        if (/[a-zà-ỹ]{2}/i.test(t) && !['SCRIPT', 'STYLE', 'TABLE', 'UL'].includes(before.tagName)) return clip(t, 120);
        before = before.previousSibling;
      }
    }
    if (cell && cell.previousElementSibling) { const t = textOf(cell.previousElementSibling); if (t) return clip(t, 120); }
    let node = el;
    for (let depth = 0; depth < 3 && node; depth += 1) {
      let before = node.previousSibling;
      while (before) {
        const t = before.nodeType === 3 ? squeeze(before.textContent)
          : before.nodeType === 1 && !before.querySelector('input,select,textarea,button') && !['SCRIPT', 'STYLE'].includes(before.tagName) && !before.matches('[role=toolbar],[class*=toolbar]') ? textOf(before) : '';
        if (t) return clip(t, 120);
        before = before.previousSibling;
      }
      node = node.parentElement;
      if (node && ['FORM', 'BODY', 'MAIN', 'TABLE'].includes(node.tagName)) break;
    }
    return '';
  };
  const after = (el) => { // what stands behind a box that no label names: "[ ] Nam"
    const parts = [], stop = 'input,select,textarea,button';
    for (let next = el.nextSibling; next; next = next.nextSibling) {
      if (next.nodeType === 1 && (next.matches(stop) || next.querySelector(stop) || (['BR', 'DIV', 'P', 'TABLE', 'UL'].includes(next.tagName) && squeeze(parts.join(' '))))) break;
      if (next.nodeType === 3 || next.nodeType === 1) parts.push(next.textContent);
    }
    const t = squeeze(parts.join(' ')), cell = el.closest('td'), beside = cell && cell.nextElementSibling;
    if (t || !beside || beside.querySelector(stop) || squeeze(cell.textContent)) return clip(t, 240);
    return clip(textOf(beside), 240);
  };
  const ICONS = [[/close|times|dismiss|(^|[\s_-])x([\s_-]|$)/i, 'Đóng'], [/search|magnif|timkiem/i, 'Tìm kiếm'], [/trash|delete|remove/i, 'Xóa'], [/upload/i, 'Tải lên'], [/download/i, 'Tải xuống'], [/print/i, 'In'], [/calendar/i, 'Lịch'], [/pencil|edit/i, 'Sửa']];
  const iconName = (el, shown) => {
    if (shown && !/^[×✕✖⨯xX╳]$/.test(shown)) return '';
    if (shown) return 'Đóng';
    const said = [el, ...el.querySelectorAll('i,span,svg,img,use')].map((one) => `${one.getAttribute('class') || ''} ${one.getAttribute('href') || ''} ${one.id || ''}`).join(' ');
    const found = ICONS.find(([pattern]) => pattern.test(said));
    return found ? found[1] : '';
  };
  const widgetName = (el, widget) => {
    const { seed, native } = widget;
    const apart = (attribute) => squeeze(['aria-labelledby'].includes(attribute) ? (seed.getAttribute(attribute) || '').split(/\s+/).filter(Boolean)
      .map((id) => document.getElementById(id)).filter((target) => target && target !== seed && !seed.contains(target) && squeeze(target.textContent) !== widget.value).map((target) => target.textContent).join(' ') : seed.getAttribute(attribute) || el.getAttribute(attribute));
    const inner = Array.from(el.querySelectorAll('input:not([type=hidden]),button'));
    const pointing = [seed, el, native, ...inner].filter((one) => one && one.id).map((one) => document.querySelector(`label[for="${CSS.escape(one.id)}"]`)).find(Boolean);
    const tries = [['label', squeeze([...(native ? labelsOf(native) : []), ...labelsOf(seed), ...inner.flatMap(labelsOf)].map(ownText)[0] || (pointing ? ownText(pointing) : ''))],
      ['labelledby', apart('aria-labelledby')], ['aria-label', apart('aria-label')], ['nearby', nearbyText(el)], ['title', squeeze(seed.getAttribute('title'))],
      ['placeholder', squeeze(seed.getAttribute('placeholder') || (el.querySelector('[placeholder]') || el).getAttribute('placeholder') || (widget.value ? '' : textOf(el)))],
      ['attribute', squeeze(asWords((native && (native.name || native.id)) || seed.name || seed.id || el.id))]];
    const found = tries.find(([, text]) => text);
    return found ? { name: clip(found[1], 240), source: found[0] } : { name: '', source: 'none' };
  };
  const INVITES = /^\W*(bấm|nhấn|nhấp|click|chọn|dd|mm|yyyy|ngày\s*\/|_|vd|ví dụ|e\.g|nhập (vào|giá trị|nội dung|dữ liệu)?\W*$|…)/i; // says how to answer, not what is asked
  const GENERIC = /^\W*(chọn|tải|thêm|đính kèm|duyệt|kéo|browse|choose|upload|attach|select)(?![a-zà-ỹ]).{0,24}$/i; // names every place of its kind alike
  const nameOf = (el) => {
    if ((el.type === 'radio' || el.type === 'checkbox') && !labelsOf(el).some(ownText) && !el.getAttribute('aria-label') && !el.getAttribute('aria-labelledby')) {
      const behind = after(el);
      if (behind) return { name: behind, source: 'nearby' };
    }
    if (el.type === 'file') {
      const part = el.closest('section[aria-labelledby],section[aria-label],[role=group],[role=region],fieldset,article[aria-labelledby],li[aria-labelledby]');
      const own = squeeze(byIds(el, 'aria-labelledby') || el.getAttribute('aria-label') || labelsOf(el).map(ownText).join(' '));
      if ((!own || GENERIC.test(own)) && part && part.querySelectorAll('input[type=file]').length === 1) {
        const named = byIds(part, 'aria-labelledby') || squeeze(part.getAttribute('aria-label')) || groupOf(el);
        if (named) return { name: clip(named, 240), source: 'group' };
      }
      if (GENERIC.test(own) && el.closest('tr')) { const beside = nearbyText(el); if (beside) return { name: beside, source: 'nearby' }; }
    }
    const tries = [['labelledby', byIds(el, 'aria-labelledby')], ['aria-label', squeeze(el.getAttribute('aria-label'))]];
    if (isField(el) && !['submit', 'button', 'reset', 'image'].includes(el.type)) {
      tries.push(['label', squeeze(labelsOf(el).map(ownText).join(' '))], ['title', squeeze(el.getAttribute('title'))],
        ...(INVITES.test(el.getAttribute('placeholder') || '') ? [['nearby', nearbyText(el)], ['placeholder', squeeze(el.getAttribute('placeholder'))]] : [['placeholder', squeeze(el.getAttribute('placeholder'))], ['nearby', nearbyText(el)]]), ['attribute', squeeze(asWords(el.name || el.id))]);
    } else {
      tries.push(['content', ownText(el)], ['value', ['INPUT'].includes(el.tagName) ? squeeze(el.value) : ''],
        ['alt', squeeze(el.getAttribute('alt'))], ['title', squeeze(el.getAttribute('title'))]);
    }
    const found = tries.find(([, text]) => text && !/^[×✕✖⨯╳]$/.test(text)) || (isField(el) ? undefined : ['icon', iconName(el, ownText(el))]);
    return found ? { name: clip(found[1], 240), source: found[0] } : { name: '', source: 'none' };
  };
  const roleOf = (el) => {
    const given = (el.getAttribute('role') || '').split(' ')[0];
    if (given && given !== 'presentation' && given !== 'none') return given;
    const tag = el.tagName;
    if (tag === 'A') return 'link';
    if (tag === 'BUTTON' || tag === 'SUMMARY') return 'button';
    if (tag === 'SELECT') return 'combobox';
    if (tag === 'TEXTAREA' || el.isContentEditable) return 'textbox';
    if (tag === 'INPUT') {
      if (['submit', 'button', 'reset', 'image'].includes(el.type)) return 'button';
      if (['checkbox', 'radio', 'file'].includes(el.type)) return el.type;
      if (el.type === 'search') return 'searchbox';
      if (el.type === 'number') return 'spinbutton';
      return 'textbox';
    }
    return '';
  };
  const hasMain = Boolean(document.querySelector('main,[role=main]')), guessed = new WeakMap();
  const guessedLandmark = (el) => { // by the words of class and id, on pages that mark no part as what it is
    if (hasMain || !el || el === document.body) return '';
    if (!guessed.has(el)) guessed.set(el, ownLandmark(el) || guessedLandmark(el.parentElement));
    return guessed.get(el);
  };
  const ownLandmark = (el) => {
    const words = `${el.getAttribute('class') || ''} ${el.id || ''}`.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase().split(/[^a-z0-9]+/).filter(Boolean);
    if (!words.length || words.length > 8 || words.some((word) => ['dropdown', 'select', 'card', 'modal', 'dialog', 'panel', 'form', 'picker', 'datepicker', 'table', 'item', 'context', 'popup', 'btn', 'button', 'active'].includes(word))) return '';
    // A part of a page stands alone: of rows, every second may be called "chan" (chẵn: even), which also is "chân" (foot).
    if (Array.from(el.parentElement ? el.parentElement.children : []).some((other) => other !== el && other.className === el.className)) return '';
    const has = (...any) => words.some((word) => any.includes(word)), box = el.getBoundingClientRect();
    if ((has('footer', 'foot', 'chantrang', 'bottom') || (words.length <= 2 && has('chan'))) && !el.querySelector('input[type=file],select,textarea') && box.bottom + window.scrollY > (document.body.getBoundingClientRect().bottom + window.scrollY) * 0.6) return 'footer';
    if (has('banner', 'masthead', 'header', 'topbar') && box.top + window.scrollY < 200 && box.height < 260) return 'header';
    if (has('menu', 'nav', 'navbar', 'navigation', 'sidebar', 'menutrai')) return 'nav';
    return '';
  };
  const landmarkOf = (el) => {
    const dialog = el.closest('dialog,[role=dialog],[role=alertdialog],[aria-modal=true]');
    if (dialog || (drawn.layer && drawn.layer.contains(el))) return 'dialog';
    const place = el.closest('header,nav,main,footer,aside,[role=banner],[role=navigation],[role=main],[role=contentinfo],[role=search]');
    if (!place) return guessedLandmark(el);
    const role = place.getAttribute('role');
    return { banner: 'header', navigation: 'nav', contentinfo: 'footer', search: 'search' }[role] || role || place.tagName.toLowerCase();
  };
  const besideRadios = (el) => { // the question that radio buttons answer, when nothing but its place ties it to them
    const all = Array.from(el.getRootNode().querySelectorAll(`input[type=radio][name="${CSS.escape(el.name)}"]`));
    let set = el.parentElement;
    while (set && !all.every((one) => set.contains(one))) set = set.parentElement;
    if (!set || ['FORM', 'BODY', 'MAIN', 'TABLE'].includes(set.tagName)) return '';
    const first = squeeze(textOf(set).split(ownText(el.closest('label') || el) || after(el) || '\u0000')[0]);
    return first && first.length < 120 ? clip(first, 160) : nearbyText(set);
  };
  const groupOf = (el) => {
    const set = el.closest('fieldset,[role=group],[role=radiogroup]');
    if (!set) return el.type === 'radio' && el.name ? besideRadios(el) : '';
    const legend = set.querySelector(':scope > legend');
    return clip(legend ? textOf(legend) : byIds(set, 'aria-labelledby') || set.getAttribute('aria-label') || '', 160);
  };
  const ROW = 'tr,li,article,[role=row],[role=listitem],fieldset,dd';
  const cardOf = (el) => { // one of several alike: the card of a result
    if (el.type === 'file' || isField(el)) return null;
    for (let node = el, depth = 0; node.parentElement && depth < 5 && node !== document.body; node = node.parentElement, depth += 1) {
      const length = lengthOf(node), like = node.previousElementSibling || node.nextElementSibling;
      if (length > 700) return null;
      if (node !== el && like && like.tagName === node.tagName && like.className === node.className && node.className && length > lengthOf(el) + 8 && length > 20) return node;
    }
    return null;
  };
  const rowOf = (el) => {
    const row = el.closest(ROW) || cardOf(el);
    if (row && (el.type !== 'file' || textOf(row).length > 20)) return clip(textOf(row), 400);
    if (el.type !== 'file') return '';
    let place = '';
    for (let node = el.parentElement; node && !['MAIN', 'BODY'].includes(node.tagName); node = node.parentElement) {
      const text = textOf(node);
      if (node.querySelectorAll('input[type=file]').length > 1 || text.length > 700) break;
      place = text;
    }
    return clip(place, 700);
  };
  const MARK = /[*＊]|(?<!không )bắt buộc|required/i;
  const forms = Array.from(document.forms);
  const formOf = (form) => (form ? forms.indexOf(form) : -1);
  const spacedClass = (el) => classText(el).replace(/([a-z0-9])([A-Z])/g, '$1 $2');
  const classText = (el) => (typeof el.className === 'string' ? el.className : '');
  const COMPLAINT = /(^|[\s_-])(invalid|error|errors|has-error|is-error|danger|explain-error|validation-message|field-validation-error|messages__message|loi)([\s_-]|$)|error/i;
  const HELPER = /(^|[\s_-])(help|hint|helper|form-text|note|description|ghi-chu|huong-dan)/i;
  const besideField = (el, pattern) => { // a sentence of this kind within the part of the page that belongs to this field alone
    for (let node = el.parentElement, depth = 0; node && depth < 4; node = node.parentElement, depth += 1) {
      if (['FORM', 'BODY', 'MAIN', 'TABLE', 'TBODY', 'FIELDSET', 'DIALOG'].includes(node.tagName)) return '';
      for (const other of node.querySelectorAll('input:not([type=hidden]),select,textarea')) {
        if (other !== el && !el.contains(other) && !drawn.inside.has(other) && !(other.type === el.type && other.name === el.name && ['radio', 'checkbox'].includes(el.type))) return '';
      }
      for (const one of node.querySelectorAll('span,div,p,small,label,em,li,mat-error,i,ul')) {
        if (one.contains(el) || el.contains(one) || !pattern.test(`${spacedClass(one)} ${one.tagName}`)) continue;
        if (one.tagName === 'LABEL' && !/error|invalid/i.test(classText(one))) continue;
        const text = one.textContent.length < 300 && visible(one) ? textOf(one) : '';
        if (/[a-zà-ỹ]{3}/i.test(text) && !/^\W*bắt buộc\W*$/i.test(text)) return text;
      }
    }
    return '';
  };
  const CAPTCHA = /captcha|ma-?bao-?mat|bao-?mat|ma-?xac-?nhan|xacnhan|verif|security-?code|simg/i;
  const pictureToRead = (el) => { // letters in a picture are asked for, whatever the label calls them
    if (/captcha/i.test(`${el.name} ${el.id} ${classText(el)}`)) return true;
    const part = el.closest('tr,.form-group,.row,p,div') || el.parentElement;
    for (const near of [part, part && part.previousElementSibling, part && part.parentElement !== el.form ? part.parentElement : null]) {
      if (!near || near.querySelectorAll('input:not([type=hidden])').length > 2) continue;
      for (const image of near.querySelectorAll('img,canvas,svg')) if (visible(image) && CAPTCHA.test(`${image.getAttribute('src') || ''} ${image.getAttribute('alt') || ''} ${image.id} ${image.getAttribute('class') || ''}`)) return true;
    }
    return false;
  };
  const complaintAt = (el) => besideField(el, COMPLAINT);
  const helperAt = (el) => besideField(el, HELPER);

  const wanted = 'a[href],button,summary,input:not([type=hidden]),select,textarea,[contenteditable=true],[contenteditable=""],'
    + '[role=button],[role=link],[role=tab],[role=menuitem],[role=combobox],[role=textbox],[role=checkbox],[role=radio],[role=switch],[role=option],[role=spinbutton]';
  const controls = [], elements = [];
  const drawn = findDrawn(everything, visible, squeeze);
  const editing = document.designMode === 'on' ? document.body : null;
  for (const el of everything) {
    const widget = drawn.widgets.get(el), pressable = drawn.pressables.has(el);
    const dropdown = widget && widget.kind === 'dropdown' ? widget : null;
    if (!dropdown && (drawn.inside.has(el) || (!pressable && el !== editing && !el.matches(wanted)))) continue;
    const role = dropdown ? 'combobox' : pressable ? 'button' : el === editing ? 'textbox' : widget ? 'textbox' : roleOf(el);
    if (!role) continue;
    const file = el.type === 'file' && el.tagName === 'INPUT';
    if (!file && !dropdown && el !== editing && !reachable(el)) continue;
    const { name, source } = dropdown ? widgetName(el, dropdown) : nameOf(el);
    if (pressable && !name) continue;
    const captcha = role === 'textbox' && !widget && el.tagName === 'INPUT' && pictureToRead(el);
    const seed = dropdown ? dropdown.seed : el, native = dropdown ? dropdown.native : null;
    const box = el.getBoundingClientRect();
    const isField_ = !['button', 'link', 'tab', 'menuitem', 'option'].includes(role);
    const complaint = isField_ ? complaintAt(el) : '';
    const invalid = seed.getAttribute('aria-invalid') === 'true' || Boolean(complaint);
    const described = byIds(seed, 'aria-describedby') || (isField_ ? helperAt(el) : '');
    controls.push({
      index: elements.length, tag: el.tagName.toLowerCase(), role, type: (el.getAttribute('type') || '').toLowerCase(), name: captcha ? `${name} (captcha)` : name, name_source: source,
      id: el.id || (native && native.id) || seed.id || '', field: el.getAttribute('name') || (native && native.getAttribute('name')) || seed.getAttribute('name') || '', widget: widget ? widget.kind : el.isContentEditable || el === editing ? 'rich' : pressable ? 'pressable' : '',
      value: dropdown ? dropdown.value.slice(0, 400) : el.isContentEditable || el === editing ? textOf(el).slice(0, 400) : role === 'combobox' && el.tagName === 'SELECT' ? (el.selectedOptions[0] ? squeeze(el.selectedOptions[0].textContent) : '') : el.type === 'password' ? '' : String(el.value || '').slice(0, 400),
      checked: Boolean(el.checked) || el.getAttribute('aria-checked') === 'true',
      required: Boolean(el.required || (native && native.required)) || seed.getAttribute('aria-required') === 'true',
      marked: MARK.test(labelsOf(el).map((l) => l.textContent).join(' ') || (source === 'nearby' || dropdown ? name : '')) || (el.type === 'radio' && !el.closest('fieldset') && MARK.test(groupOf(el))) || (() => { const set = el.closest('fieldset'); const legend = set && set.querySelector(':scope > legend'); return Boolean(legend && ['radio', 'checkbox'].includes(el.type) && MARK.test(legend.textContent)); })(),
      readonly: (!dropdown && Boolean(el.readOnly)) || el.getAttribute('aria-readonly') === 'true',
      enabled: !(el.disabled || seed.disabled || (native && native.disabled) || (dropdown && /(^|[\s_-])disabled([\s_-]|$)/i.test(classText(el))) || el.getAttribute('aria-disabled') === 'true' || el.closest('fieldset:disabled')),
      options: el.tagName === 'SELECT' ? Array.from(el.options).slice(0, 300).map((o) => [o.value, squeeze(o.textContent), !o.disabled]) : [],
      multiple: Boolean(el.multiple), accept: el.getAttribute('accept') || '', autocomplete: el.getAttribute('autocomplete') || '', inputmode: el.getAttribute('inputmode') || '',
      pattern: el.getAttribute('pattern') || '', maxlength: Number(el.getAttribute('maxlength') || 0), minimum: el.getAttribute('min') || '', maximum: el.getAttribute('max') || '',
      placeholder: squeeze(seed.getAttribute('placeholder')), description: clip(described, 300), invalid, error: invalid ? clip(byIds(seed, 'aria-errormessage') || complaint || described, 300) : '',
      group: groupOf(el), row: rowOf(el), landmark: landmarkOf(el), form: formOf(el.form || (native && native.form) || seed.form || el.closest('form')),
      href: el.tagName === 'A' ? el.href : '', download: el.tagName === 'A' && el.hasAttribute('download'), opens_tab: el.target === '_blank',
      submits: (el.tagName === 'BUTTON' && el.type === 'submit' && Boolean(el.form)) || (el.tagName === 'INPUT' && ['submit', 'image'].includes(el.type)),
      box: [box.x, box.y, box.width, box.height].map(Math.round),
    });
    elements.push(el);
  }

  const headings = everything.filter((el) => (/^H[1-6]$/.test(el.tagName) || el.getAttribute('role') === 'heading') && visible(el));
  const pairs = [];
  const pair = (label, value, how) => { if (label && label.length <= 120) pairs.push({ label: (['line', 'inline', 'strong'].includes(how) ? squeeze(label).split(/[.!?]\s+/).filter(Boolean).pop() || '' : squeeze(label)).replace(/[:：]\s*$/, ''), value: clip(value, 3000), how }); };
  for (const dt of everything.filter((el) => el.tagName === 'DT' && visible(el))) {
    let dd = dt.nextElementSibling; while (dd && dd.tagName !== 'DD') dd = dd.nextElementSibling;
    if (dd) pair(textOf(dt), textOf(dd), 'list');
  }
  for (const table of everything.filter((el) => el.tagName === 'TABLE' && visible(el)).slice(0, 60)) {
    const rows = Array.from(table.rows).slice(0, 200);
    const heads = rows.length > 1 ? Array.from(rows[0].cells) : [];
    if (rows.length > 60 && table.querySelector('table')) continue;
    const asHeads = heads.length > 1 && (heads.every((cell) => cell.tagName === 'TH') || (heads.length > 2 && !rows[0].querySelector('input,select,textarea,table,a,button')
      && rows.slice(1).every((row) => row.cells.length === heads.length || row.cells.length === 1) && heads.every((cell) => textOf(cell).length < 60 && !/[:：]\s*$/.test(textOf(cell)))));
    if (asHeads) {
      heads.forEach((head, column) => pair(textOf(head), rows.slice(1).map((row) => (row.cells[column] ? textOf(row.cells[column]) : '')).filter(Boolean).join(' | '), 'column'));
    } else for (const row of rows) {
      if (row.cells.length === 2) pair(textOf(row.cells[0]), textOf(row.cells[1]), 'row');
      else if (row.cells.length === 4 && [0, 2].every((at) => /[:：]\s*$/.test(textOf(row.cells[at])) || row.cells[at].tagName === 'TH')) for (const at of [0, 2]) pair(textOf(row.cells[at]), textOf(row.cells[at + 1]), 'row');
    }
  }
  headings.forEach((heading, at) => {
    const next = headings.slice(at + 1).find((h) => Number(h.tagName[1] || 2) <= Number(heading.tagName[1] || 2));
    const range = document.createRange();
    try {
      range.setStartAfter(heading);
      if (next) range.setEndBefore(next); else range.setEndAfter(heading.closest('section,article,main,body') || document.body);
      pair(textOf(heading), range.toString(), 'heading');
    } catch (error) { /* headings in different trees have no text between them */ }
  });
  for (const strong of everything.filter((el) => ['STRONG', 'B', 'LABEL'].includes(el.tagName) && visible(el)).slice(0, 200)) {
    const label = textOf(strong), parent = strong.parentElement;
    if (!parent || parent.querySelector('input,select,textarea')) continue;
    const value = textOf(parent).slice(label.length);
    if (label && value) pair(label, value, 'strong');
  }

  for (const strong of everything.filter((el) => ['STRONG', 'B', 'SPAN', 'TIME'].includes(el.tagName) && visible(el) && el.previousSibling && !el.nextElementSibling).slice(0, 300)) {
    const value = textOf(strong), whole = textOf(strong.parentElement);
    if (value && whole.endsWith(value) && whole.length > value.length && whole.length - value.length <= 60) pair(whole.slice(0, whole.length - value.length), value, 'inline');
  }
  const lines = (document.body ? document.body.innerText || '' : '').split('\n');
  for (const line of lines.slice(0, 1500)) {
    const parts = /^\s*([^:：]{2,60})[:：]\s+(\S.{0,400})$/.exec(line);
    if (parts) pair(parts[1], parts[2], 'line');
  }
  const DATE = /\b\d{1,2}[/-]\d{1,2}[/-]\d{4}\b|\b\d{4}-\d{2}-\d{2}\b/;
  const dated = [];
  for (const el of everything.filter((one) => ['LI', 'TR', 'DD'].includes(one.tagName) || one.getAttribute('role') === 'listitem')) {
    const text = textOf(el);
    const holdsItems = () => Array.from(el.querySelectorAll('li,tr,dd,[role=listitem]')).some((one) => DATE.test(one.textContent));
    if (text.length < 400 && DATE.test(text) && visible(el) && !holdsItems()) dated.push(clip(text, 300));
    if (dated.length >= 60) break;
  }

  const messages = [];
  for (const el of everything) {
    const role = el.getAttribute('role'), live = el.getAttribute('aria-live');
    const kind = role === 'alert' ? 'alert' : role === 'status' || role === 'log' ? 'status' : live && live !== 'off' ? 'live'
      : /(^|[\s_-])(alert|error|errors|invalid|success|toast|toastr|snackbar|notification|notice|message|warning|flash|swal2?|explain|feedback|loi|canh-?bao|thong-?bao|thanh-?cong)([\s_-]|$)/i.test(spacedClass(el)) ? 'styled' : '';
    if (!kind || !visible(el)) continue;
    const whole = kind === 'styled' && el.textContent.length > 1200 ? '' : textOf(el), text = clip(whole, 400);
    if (text && !messages.some((m) => m.text === text)) messages.push({ kind, text });
  }
  const dialogs = everything.filter((el) => ((el.tagName === 'DIALOG' && el.open) || ['dialog', 'alertdialog'].includes(el.getAttribute('role'))) && visible(el)).map((el) => clip(el.getAttribute('aria-label') || byIds(el, 'aria-labelledby') || textOf(el), 200));
  // Where the page's measuring tag (EMC) sends to: what it pushed, and what its scripts say.
  const trackers = new Set();
  for (const push of Array.isArray(window._govaq) ? window._govaq : []) if (push && push[0] === 'setTrackerUrl') trackers.add(String(push[1]));
  for (const script of document.scripts) for (const match of script.textContent.matchAll(/setTrackerUrl['"]\s*,\s*['"]([^'"]+)['"]/g)) trackers.add(match[1]);
  const frontMost = drawn.layer || everything.find((el) => ((el.tagName === 'DIALOG' && el.open) || ['dialog', 'alertdialog'].includes(el.getAttribute('role'))) && visible(el)) || null;
  const body = document.body;
  return { elements, inventory: {
    address: location.href, title: document.title, language: document.documentElement.lang || '',
    text: body ? (body.innerText || '').slice(0, 60000) : '', main: clip(textOf(document.querySelector('main,[role=main]') || body), 30000),
    headings: headings.slice(0, 200).map((h) => [Number(h.getAttribute('aria-level') || h.tagName[1] || 2), clip(textOf(h), 200)]),
    pairs: pairs.slice(0, 400), messages: messages.slice(0, 40), dated, dialogs, controls, nodes: everything.length,
    modal: Boolean(frontMost) && (drawn.veiled || [0.5, 0.3, 0.15].some((down) => { const hit = document.elementFromPoint(window.innerWidth / 2, window.innerHeight * down); return hit !== null && frontMost.contains(hit); })),
    front: clip(textOf(frontMost), 1500), born: Math.round(performance.timeOrigin), trackers: Array.from(trackers),
  } };
}
