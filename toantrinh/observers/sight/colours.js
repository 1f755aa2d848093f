// Everything of a page whose colours are measured on pixels, kept as elements: the caller asks for boxes whenever
// it has changed the page. `moving` tells what moves on it. A box is [left, top, width, height] of the page; `window`
// the width and height of what the window shows of it, [0, 0] unless it is the page's beginning at its own size.
(moving) => {
  const MOST = { texts: 40, stops: 400, controls: 60 };
  const WHOLE = 0.8; // of an element that is judged: what is cut off is told by others
  const kept = { texts: [], stops: [], controls: [], truncated: false };
  const all = [];
  const roots = [document];
  const gather = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT);
    for (let el = walker.nextNode(); el && all.length < 20000; el = walker.nextNode()) {
      all.push(el);
      if (el.shadowRoot && roots.length < 200) { roots.push(el.shadowRoot); gather(el.shadowRoot); }
    }
  };
  gather(document.body || document.documentElement);
  const name = (el) => {
    const parts = [];
    for (let at = el; at && at.nodeType === 1 && at !== document.documentElement && parts.length < 4; at = at.parentElement) {
      if (at.id) { parts.unshift('#' + CSS.escape(at.id)); break; }
      const tag = at.localName, kind = (at.getAttribute('class') || '').trim().split(/\s+/).filter(Boolean).slice(0, 2);
      if (kind.length) { parts.unshift(tag + kind.map((one) => '.' + CSS.escape(one)).join('')); if (parts.length > 1) break; } else parts.unshift(tag);
    }
    return parts.join(' > ');
  };
  const up = (el) => el.parentElement || (el.getRootNode() instanceof ShadowRoot ? el.getRootNode().host : null);
  const seen = (el) => {
    const box = el.getBoundingClientRect();
    if (box.width < 2 || box.height < 2 || box.bottom + scrollY <= 0 || box.right + scrollX <= 0) return false;
    if (el.checkVisibility && !el.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true })) return false;
    const style = getComputedStyle(el);
    return style.visibility === 'visible' && Number(style.opacity) > 0 && !(style.clip && style.clip !== 'auto') && style.clipPath !== 'inset(50%)' && style.clipPath !== 'inset(100%)';
  };
  // What an element's ancestors leave of it, 0 to 1.
  const left = (el) => {
    const box = el.getBoundingClientRect();
    let [x, y, right, bottom] = [box.left, box.top, box.right, box.bottom];
    for (let at = up(el); at && at !== document.body && at !== document.documentElement; at = up(at)) {
      if (getComputedStyle(at).overflow === 'visible') continue;
      const hole = at.getBoundingClientRect();
      [x, y, right, bottom] = [Math.max(x, hole.left), Math.max(y, hole.top), Math.min(right, hole.right), Math.min(bottom, hole.bottom)];
    }
    return Math.max(0, right - x) * Math.max(0, bottom - y) / (box.width * box.height || 1);
  };
  // Whether something else is painted over the middle of a box, as far as the window shows.
  const covered = (el, box) => {
    const top = el.getRootNode().elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    for (let at = top; at && !at.contains(el) && !el.contains(at); at = up(at)) {
      if (['img', 'video', 'canvas'].includes(at.localName) || rgba(getComputedStyle(at).backgroundColor)[3] > 0.5) return true;
    }
    return false;
  };
  const disabled = (el) => !!el.closest(':disabled, [aria-disabled="true"], [inert]') || (el.closest('label') && el.closest('label').control && el.closest('label').control.disabled);
  const brush = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const remembered = (of, known = new Map()) => (what) => { if (!known.has(what)) known.set(what, of(what)); return known.get(what); };
  const rgba = remembered((colour) => {
    brush.canvas.width = brush.canvas.height = 1;
    brush.fillStyle = '#000'; brush.fillStyle = colour; brush.fillRect(0, 0, 1, 1);
    const read = brush.getImageData(0, 0, 1, 1).data;
    return [read[0], read[1], read[2], read[3] / 255];
  });
  const opacity = (el) => { let found = 1; for (let at = el; at; at = up(at)) found *= Number(getComputedStyle(at).opacity); return found; };
  const word = (el) => `${el.id} ${el.getAttribute('class') || ''}`.toLowerCase();
  const logo = (el) => { for (let at = el, i = 0; at && i < 4; at = up(at), i++) if (/(^|[\s_-])(logo|brand|logotype|wordmark)/.test(word(at))) return true; return false; };
  // A positioned ::before or ::after that is painted: its kind and where it lies, null when only the browser knows.
  const pseudos = (el, rect) => ['::before', '::after'].map((which) => getComputedStyle(el, which)).filter((style) => (
    style.content !== 'none' && style.content !== 'normal' && ['absolute', 'fixed'].includes(style.position) && style.display !== 'none'
    && style.visibility === 'visible' && Number(style.opacity) > 0 && (style.backgroundImage !== 'none' || rgba(style.backgroundColor)[3] > 0.02)
  )).map((style) => {
    const [left, top, width, height] = [style.left, style.top, style.width, style.height].map(parseFloat);
    const known = style.position === 'absolute' && style.transform === 'none' && getComputedStyle(el).position !== 'static' && [left, top, width, height].every(Number.isFinite);
    return { kind: sort(style.backgroundImage), place: known ? new DOMRect(rect.left + el.clientLeft + left, rect.top + el.clientTop + top, width, height) : null };
  });
  const sort = (image) => /gradient\(/.test(image) && !/url\(/.test(image) ? 'gradient' : 'picture';
  // The nearest ground that is painted under an element: a kind of picture, or the element that has an even colour.
  const painted = remembered((el) => {
    const style = getComputedStyle(el), rect = el.getBoundingClientRect();
    if (style.backgroundImage !== 'none') return { own: { kind: sort(style.backgroundImage) }, drawn: [] };
    return { own: rgba(style.backgroundColor)[3] > 0.98 ? { even: el, rect } : null, drawn: pseudos(el, rect) };
  });
  const shared = (one, other) => [Math.min(one.right, other.right) - Math.max(one.left, other.left), Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top)];
  const meets = (one, box) => { const [wide, high] = shared(one, box); return wide > 2 && high > box.height / 4; };
  const ground = (el, box) => {
    for (let at = el; at; at = up(at)) {
      const { own, drawn } = painted(at), veil = drawn.find(({ place }) => !place || meets(place, box));
      if (veil) return { kind: veil.kind };
      if (own) return own;
    }
    return { even: null };
  };
  // What lies behind an element: '' when an even colour comes first, and nothing else lies on that or under the words.
  const behind = (el, box) => {
    const { kind, even, rect } = ground(el, box);
    return kind || (over(el, box, even) || overhangs(box, even, rect) || crossed(el, box, even) ? 'picture' : '');
  };
  // Words that stick out of what is painted under them.
  const overhangs = (box, even, rect) => {
    if (!even || even === document.body || even === document.documentElement) return false;
    const [wide, high] = shared(rect, box);
    return wide < box.width - 4 || high < box.height / 2;
  };
  // Painted elements that are neither in the words' element nor around it, and yet lie where the words stand.
  const veils = all.filter((el) => rgba(getComputedStyle(el).backgroundColor)[3] > 0.02 && seen(el)).slice(0, 1500).map((one) => [one, one.getBoundingClientRect()]);
  const crossed = (el, box, even) => veils.some(([one, rect]) => meets(rect, box) && one !== even && !one.contains(el) && !el.contains(one) && !(even && one.contains(even)));
  const pictures = all.filter((el) => ['img', 'video', 'canvas', 'picture'].includes(el.localName) && seen(el)).slice(0, 100).map((one) => [one, one.getBoundingClientRect()]);
  const over = (el, box, ground) => pictures.some(([one, other]) => {
    const covers = other.left < box.left + box.width / 2 && other.right > box.left + box.width / 2 && other.top < box.top + box.height / 2 && other.bottom > box.top + box.height / 2;
    return covers && !one.contains(el) && !(ground && ground !== document.body && ground !== document.documentElement && !ground.contains(one));
  });
  const lines = (el) => {
    const found = [];
    for (const node of el.childNodes) {
      if (node.nodeType !== 3 || !node.data.trim()) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) if (box.width > 2 && box.height > 2 && found.length < 12) found.push(box);
    }
    return found;
  };
  // What a field shows by itself, which no node of the page holds; a list that is not folded up shows many lines.
  const SILENT = ['hidden', 'range', 'color', 'checkbox', 'radio', 'image'], SHOWN = ['file', 'date', 'time', 'month', 'week', 'datetime-local'];
  const BUTTONS = ['submit', 'button', 'reset'];
  const listed = (el) => el.localName === 'select' && (el.multiple || el.size > 1);
  const says = (el) => {
    if (listed(el)) return ' ';
    if (el.localName === 'select') return [...el.selectedOptions].map((one) => one.label).join(' ').trim();
    if (el.localName !== 'input' && el.localName !== 'textarea') return '';
    return SILENT.includes(el.type) ? '' : SHOWN.includes(el.type) ? ' ' : el.value.trim();
  };
  // Where the words of a field stand: a button of its own may lie over its end.
  const pen = document.createElement('canvas').getContext('2d');
  const inField = (el, words, drawn) => {
    const style = getComputedStyle(el), box = el.getBoundingClientRect();
    const room = (side) => (parseFloat(style[`border${side}Width`]) || 0) + (parseFloat(style[`padding${side}`]) || 0);
    const left = box.left + room('Left'), right = box.right - room('Right');
    pen.font = `${drawn.fontStyle} ${drawn.fontWeight} ${drawn.fontSize} ${drawn.fontFamily}`;
    const spaced = words.length * (parseFloat(drawn.letterSpacing) || 0);
    const width = Math.min(right - left, pen.measureText(words).width * 1.05 + spaced);
    if (!(width > 2)) return box;
    const end = style.textAlign === 'right' || (style.textAlign === 'end') !== (style.direction === 'rtl' && /start|end/.test(style.textAlign));
    const from = style.textAlign === 'center' ? (left + right - width) / 2 : end ? right - width : left;
    return new DOMRect(from, box.top, width, box.height);
  };
  const hinted = (el) => inField(el, el.placeholder, getComputedStyle(el, '::placeholder'));
  // The browser's own room beside the words of a list is not told by any style.
  const filled = (el, words) => {
    const box = el.getBoundingClientRect(), whole = el.localName === 'textarea' || el.type === 'password' || !words.trim();
    if (whole) return box;
    const { x, y, width, height } = inField(el, words, getComputedStyle(el)), room = el.localName === 'select' ? 5 : 0;
    return new DOMRect(Math.max(box.x, x - room), y, Math.min(box.right, x + width + room) - Math.max(box.x, x - room), height);
  };
  // Words beyond the most that are measured are left out, which `truncated` tells.
  const keep = (one) => { if (kept.texts.length < MOST.texts) kept.texts.push(one); else kept.truncated = true; };
  for (const el of all) {
    if (kept.truncated) break;
    const hint = el.placeholder && ['input', 'textarea'].includes(el.localName) && el.matches(':placeholder-shown');
    if (hint) {
      if (seen(el) && !disabled(el)) keep({ el, kind: 'placeholder', text: el.placeholder });
      continue;
    }
    if (el.closest('svg, script, style, noscript, option, [aria-hidden="true"]')) continue;
    const words = says(el), found = words ? [filled(el, words)] : lines(el);
    const kind = found.length ? behind(el, found[0]) : '';
    const told = () => (!words ? el.textContent || '' : (el.localName === 'select' || BUTTONS.includes(el.type)) && words.trim() ? words : 'chữ trong ô').trim();
    if (kind && seen(el) && left(el) > WHOLE && !disabled(el) && !logo(el)) keep({ el, kind, text: told(), words });
  }
  const FOCUSABLE = 'a[href], area[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex], [contenteditable="true"]';
  for (const el of all) {
    if (kept.stops.length >= MOST.stops) break;
    if (el.matches(FOCUSABLE) && el.tabIndex >= 0 && seen(el) && !disabled(el)) kept.stops.push({ el });
  }
  const CONTROL = 'button, a[href], input:not([type=hidden]), select, textarea, summary, [role=button], [role=link], [role=checkbox], [role=radio], [role=switch], [role=tab], [role=img][aria-label], [role=img][aria-labelledby]';
  for (const el of all) {
    if (kept.controls.length >= MOST.controls) break;
    const clipped = () => getComputedStyle(el).webkitBackgroundClip === 'text' && el.textContent.trim();
    if ((el.matches(CONTROL) || clipped()) && seen(el) && left(el) > WHOLE && !disabled(el)) kept.controls.push({ el });
  }
  const place = (box) => [box.left + scrollX, box.top + scrollY, box.width, box.height];
  const label = (el) => (el.getAttribute('aria-label') || el.title || el.innerText || el.value || el.alt || '').trim().slice(0, 60);
  const kindOf = (el) => el.localName + (el.type && el.localName === 'input' ? `[${el.type}]` : '') + (el.getAttribute('role') ? `[role=${el.getAttribute('role')}]` : '');
  const text = ({ el, kind, text, words }) => {
    const style = getComputedStyle(el), drawn = kind === 'placeholder' ? getComputedStyle(el, '::placeholder') : style;
    const fill = rgba(drawn.webkitTextFillColor || drawn.color);
    fill[3] *= opacity(el) * (kind === 'placeholder' ? Number(drawn.opacity) : 1);
    let open = listed(el) ? 'danh sách nhiều dòng' : '';
    for (let at = el; at; at = up(at)) {
      const own = getComputedStyle(at);
      if (own.mixBlendMode !== 'normal') open = 'hòa màu (mix-blend-mode)';
      if (own.webkitBackgroundClip === 'text' && at === el) open = 'chữ tô bằng ảnh nền';
    }
    const size = parseFloat(drawn.fontSize) || 16;
    return {
      selector: name(el), text: text.slice(0, 80), kind, size, large: size >= 24 || (size >= 18.66 && Number(drawn.fontWeight) >= 700),
      colour: fill, open, boxes: kind === 'placeholder' ? [place(hinted(el))] : (words ? [filled(el, words)] : lines(el)).map(place),
    };
  };
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`*, *::before, *::after, *::placeholder { transition: none !important; }
    *, *::placeholder { color: transparent !important; -webkit-text-fill-color: transparent !important; text-decoration-color: transparent !important; -webkit-text-stroke-color: transparent !important; }`);
  const still = new CSSStyleSheet();
  still.replaceSync('*, *::before, *::after, *::placeholder { transition: none !important; } html { scroll-behavior: auto !important; }');
  const wear = (which, on) => { for (const root of roots) root.adoptedStyleSheets = on ? [...root.adoptedStyleSheets, which] : [...root.adoptedStyleSheets].filter((one) => one !== which); };
  const size = () => [Math.max(document.documentElement.scrollWidth, innerWidth), Math.max(document.documentElement.scrollHeight, innerHeight)];
  const shown = () => {
    const { scale, offsetLeft, offsetTop, width, height } = visualViewport;
    return scale === 1 && !scrollX && !scrollY && !offsetLeft && !offsetTop ? [width, height] : [0, 0];
  };
  const boxes = (which) => which.map(({ el }) => place(el.getBoundingClientRect()));
  const stop = ({ el }) => ({ selector: name(el), kind: kindOf(el), look: `${kindOf(el)} ${el.getAttribute('class') || ''} ${(el.closest('header, nav, main, footer, aside, dialog') || document.body).localName}`, box: place(el.getBoundingClientRect()) });
  const control = ({ el }) => ({ selector: name(el), name: label(el), kind: kindOf(el), box: place(el.getBoundingClientRect()) });
  const stand = (on) => {
    wear(still, on);
    const ends = (one) => one.effect && one.effect.getComputedTiming().endTime !== Infinity;
    if (on) {
      kept.paused = document.getAnimations().filter((one) => one.playState === 'running' && one.timeline === document.timeline);
      for (const one of kept.paused) if (ends(one)) one.finish(); else one.pause();
    } else for (const one of kept.paused || []) if (one.playState === 'paused') one.play();
  };
  const blur = () => { const at = document.activeElement; if (at && at !== document.body) at.blur(); };
  const rest = () => { scrollTo(0, 0); blur(); };
  return {
    begin: () => {
      const moves = moving();
      stand(true);
      rest();
      return { moves, size: size(), controls: kept.controls.length, ratio: devicePixelRatio };
    },
    all: () => ({ window: shown(), truncated: kept.truncated || all.length >= 20000, texts: kept.texts.map(text), stops: kept.stops.map(stop), controls: kept.controls.map(control) }),
    forced: () => ({ active: matchMedia('(forced-colors: active)').matches, window: shown(), boxes: boxes(kept.controls) }),
    // Under something that stays in the window, or under a neighbour.
    covered: (i) => {
      const { el } = kept.texts[i], over = () => lines(el).slice(0, 1).some((box) => covered(el, box));
      if (over()) return true;
      el.scrollIntoView({ block: 'center', behavior: 'instant' });
      const found = over();
      scrollTo(0, 0);
      return found;
    },
    hide: (on) => { wear(sheet, on); return shown(); },
    rest,
    focus: (i) => {
      const el = kept.stops[i].el;
      el.focus({ preventScroll: true, focusVisible: true });
      return { auto: getComputedStyle(el).outlineStyle === 'auto', has: el.matches(':focus'), box: place(el.getBoundingClientRect()), window: shown() };
    },
    end: () => { wear(sheet, false); stand(false); blur(); },
  };
}
