// Which text is clipped, or lies on other text, after a change of text or window that was not before.
(boxes) => {
  const { style, upTo, up, inside, visible, walk, regionOf, lossOf, floating, rolling, ellipsis, selector, said } = boxes;
  const MOST_TEXTS = 2500, MOST_LINES = 20, MOST_ELEMENTS = 5000, KEPT = 12;
  const SKIPPED = ['script', 'style', 'noscript', 'template', 'option', 'title', 'svg', 'datalist'];
  const ICONS = /icon|awesome|material|glyph/i;
  const FIELDS = 'input:not([type=hidden]):not([type=checkbox]):not([type=radio]):not([type=range]):not([type=file]), select';
  const range = document.createRange();
  const block = (el) => upTo(el, (at) => !style(at).display.startsWith('inline') && style(at).display !== 'contents');

  const silent = (el) => el.getAttribute('aria-hidden') === 'true';
  // For those who listen only: a box of a pixel, or one that is clipped away.
  const tiny = (el) => {
    const of = style(el);
    return boxes.cuts(of.overflowX) && (el.clientWidth <= 2 || el.clientHeight <= 2) && of.display !== 'inline' && el !== document.body && el !== document.documentElement;
  };
  const live = (el) => el.matches('[role=status], [role=alert], [role=log], [aria-live]:not([aria-live=off])');

  const measure = () => {
    boxes.forget();
    const known = new Map(), scroll = [scrollX, scrollY], all = walk();
    const skipped = boxes.within((el) => SKIPPED.includes(el.localName) || silent(el)), unseen = boxes.within((el) => boxes.clips(el) || tiny(el));
    // A notice that floats over the page comes and goes by itself: where it stands at one moment is no loss.
    const told = boxes.within(live), floats = boxes.within(boxes.floats), passing = (el) => told(el) && floats(el);
    for (const node of all.texts.slice(0, MOST_TEXTS)) {
      const el = node.parentElement || node.getRootNode().host;
      if (!el || skipped(el) || !visible(el) || unseen(el) || passing(el)) continue;
      const of = style(el);
      if (ICONS.test(of.fontFamily) || /^rgba\(.*,\s*0\)$/.test(of.color)) continue;
      range.selectNodeContents(node);
      const lines = [...range.getClientRects()].filter((box) => box.width > 1 && box.height > 1).slice(0, MOST_LINES);
      if (!lines.length) continue;
      const size = parseFloat(of.fontSize) || 16, region = boxes.contentsOf(el);
      let clipped = null;
      const shown = [];
      for (const box of lines) {
        const loss = lossOf(box, region);
        if (loss.share < 0.9) shown.push({ l: Math.max(box.left, region.l) + scroll[0], r: Math.min(box.right, region.r) + scroll[0], t: Math.max(box.top + box.height * 0.22, region.t) + scroll[1], b: Math.min(box.bottom - box.height * 0.22, region.b) + scroll[1] });
        const weight = Math.max(loss.y / (0.3 * size), loss.x / Math.max(0.5 * size, 4));
        if (weight >= 1 && (!clipped || weight > clipped.weight)) clipped = { ...loss, weight };
      }
      known.set(node, { node, el, size, clipped, shown, whole: lines.length, text: node.data.trim().replace(/\s+/g, ' ').slice(0, 80) });
    }
    for (const el of all.elements) {
      if (known.size > MOST_TEXTS + 400 || !el.matches(FIELDS) || !visible(el) || upTo(el, silent)) continue;
      const box = el.getBoundingClientRect(), size = parseFloat(style(el).fontSize) || 16;
      if (box.width < 4 || box.height < 4 || lossOf(box, regionOf(el)).share > 0.9) continue;
      const low = el.clientHeight < size ? { by: el, axis: 'y', x: 0, y: size - el.clientHeight, share: 1 - el.clientHeight / size, weight: 1 } : null;
      const shown = [{ l: box.left + 2 + scroll[0], r: box.right - 2 + scroll[0], t: box.top + 3 + scroll[1], b: box.bottom - 3 + scroll[1] }];
      known.set(el, { node: el, el, size, clipped: low, shown, whole: 1, text: boxes.nameOf(el) });
    }
    return known;
  };

  const meet = (a, b) => Math.min(a.r, b.r) - Math.max(a.l, b.l) > 2 && Math.min(a.b, b.b) - Math.max(a.t, b.t) > 1.5;
  const met = (a, b) => !!a && !!b && a.shown.some((one) => b.shown.some((two) => meet(one, two)));
  // A box that already hid some of its text shows a part of more on purpose.
  const windows = (before) => {
    const found = new Set();
    for (const one of before.values()) if (one.clipped && one.clipped.by !== document.documentElement) found.add(one.clipped.by);
    return found;
  };
  const told = (el, top) => {
    for (const at of up(el)) {
      if (at.getAttribute('title') || at.getAttribute('aria-label') || (at.localName === 'a' && at.href) || at.hasAttribute('aria-expanded')) return true;
      if (at === top) return false;
    }
    return false;
  };
  const byClip = (before, after) => {
    const open = windows(before), found = [];
    for (const [node, one] of after) {
      const was = before.get(node), lost = one.clipped;
      if (!lost || !was || was.clipped || !was.shown.length || open.has(lost.by) || rolling(lost.by)) continue;
      const dots = ellipsis(one.el, lost.by);
      if (dots && told(one.el, dots)) continue;
      found.push({ kind: 'clipped', element: said(one.el), text: one.text, by: lost.by === document.documentElement ? 'mép trang' : selector(lost.by), axis: lost.axis, sure: !dots, weight: lost.weight });
    }
    return found;
  };
  const byOverlap = (before, after) => {
    const lines = [];
    for (const one of after.values()) if (before.has(one.node)) for (const box of one.shown) lines.push({ ...box, one });
    lines.sort((a, b) => a.t - b.t);
    const found = [], pairs = new Set(), number = new Map();
    const of = (one) => { if (!number.has(one)) number.set(one, number.size); return number.get(one); };
    for (let i = 0; i < lines.length; i += 1) {
      for (let j = i + 1; j < lines.length && lines[j].t < lines[i].b; j += 1) {
        let a = lines[i].one, b = lines[j].one;
        if (a !== b && (b.node.compareDocumentPosition(a.node) & Node.DOCUMENT_POSITION_FOLLOWING)) [a, b] = [b, a];
        if (a === b || !meet(lines[i], lines[j])) continue;
        const pair = of(a) < of(b) ? `${of(a)}-${of(b)}` : `${of(b)}-${of(a)}`;
        if (pairs.has(pair)) continue;
        pairs.add(pair);
        if (met(before.get(a.node), before.get(b.node)) || floating(a.el) !== floating(b.el)) continue;
        if (rolling(a.el) || inside(a.el, b.el) || inside(b.el, a.el) || block(a.el) === block(b.el)) continue;
        found.push({ kind: 'overlapping', element: said(a.el), text: a.text, by: selector(b.el), axis: 'y', sure: true, weight: 1, other: b.text });
      }
    }
    return found;
  };
  const between = (before, after) => {
    const found = [...byClip(before, after), ...byOverlap(before, after)], seen = new Set();
    const name = (one) => one.kind + one.element.selector;
    return found.filter((one) => !seen.has(name(one)) && seen.add(name(one)));
  };
  const kept = (texts, found) => ({ texts, count: found.length,
    lost: found.slice(0, KEPT).map(({ weight, other, ...one }) => ({ ...one, text: other ? `${one.text}” và “${other}` : one.text })) });
  const compare = (before, after) => kept(after.size, between(before, after));

  let start = null, undo = [];
  const sheet = (rules) => {
    const added = new CSSStyleSheet();
    added.replaceSync(rules);
    const held = [...document.adoptedStyleSheets];
    document.adoptedStyleSheets = [...held, added];
    undo.push(() => { document.adoptedStyleSheets = [...document.adoptedStyleSheets].filter((one) => one !== added); });
  };
  const STILL = '*, *::before, *::after { transition: none !important; scroll-behavior: auto !important }';
  const begin = () => { start = measure(); return start.size; };
  const after = async () => { await boxes.frames(); return compare(start, measure()); };
  // Font sizes of all elements, and line heights that are lengths, twice as large (WCAG 1.4.4). Browsers differ in whether
  // lengths in rem grow with the text: what is lost in both ways is lost in any.
  const larger = async (all) => {
    sheet(STILL);
    const sizes = all.map((el) => { const of = style(el); return [parseFloat(of.fontSize), parseFloat(of.lineHeight)]; });
    all.forEach((el, at) => {
      const had = el.hasAttribute('style');
      const old = ['font-size', 'line-height'].map((name) => [name, el.style.getPropertyValue(name), el.style.getPropertyPriority(name)]);
      el.style.setProperty('font-size', `${sizes[at][0] * 2}px`, 'important');
      if (sizes[at][1]) el.style.setProperty('line-height', `${sizes[at][1] * 2}px`, 'important');
      undo.push(() => {
        for (const [name, value, priority] of old) { if (value) el.style.setProperty(name, value, priority); else el.style.removeProperty(name); }
        if (!had && el.getAttribute('style') !== null) el.removeAttribute('style'); // reading it first writes it out
      });
    });
    await boxes.frames();
    return measure();
  };
  const doubled = async () => {
    const all = [document.body, ...walk().elements].filter((el) => el && el.style && !el.closest('svg')).slice(0, MOST_ELEMENTS);
    const growing = between(start, await larger([document.documentElement, ...all]));
    if (!growing.length) return kept(start.size, []);
    undone();
    const after = await larger(all), names = new Set(growing.map((one) => one.kind + one.element.selector));
    return kept(after.size, between(start, after).filter((one) => names.has(one.kind + one.element.selector)));
  };
  // The four settings of WCAG 1.4.12.
  const spaced = async () => {
    sheet(`${STILL} *, *::before, *::after { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }`);
    return after();
  };
  // What the text lost by a change, which stays for a picture where it lost something.
  const changed = async (change) => {
    let seen = null;
    try { seen = await { doubled, spaced }[change](); } finally { if (!seen || !seen.lost.length) undone(); }
    return seen;
  };
  const undone = () => { undo.reverse().forEach((one) => one()); undo = []; };

  const DATA = 'table, [role=table], [role=grid], [role=treegrid], svg, canvas, video, map, iframe, object, embed, pre, [role=img], [role=application], [class*=map i], [id*=map i]';
  const excepted = (el) => {
    const two = el.closest(DATA);
    if (!two) return '';
    if (two.localName === 'table' && !two.querySelector('th, caption, thead') && two.getAttribute('role') !== 'table') return '';
    return two.localName === 'table' && two.getAttribute('role') === 'presentation' ? '' : 'data';
  };
  // Narrow as at 400 %: what makes the page scroll sideways (the innermost at fault), and text that got lost (WCAG 1.4.10).
  const narrow = () => {
    const width = document.documentElement.clientWidth, result = compare(start, measure());
    const html = style(document.documentElement), body = document.body && style(document.body);
    const held = boxes.cuts(html.overflowX) || (body && boxes.cuts(body.overflowX));
    const content = held ? width : (document.scrollingElement || document.documentElement).scrollWidth;
    const out = [];
    if (content > width + 1) {
      for (const el of walk().elements) {
        if (out.length >= 400 || !visible(el)) continue;
        const box = el.getBoundingClientRect();
        if (box.width < 2 || box.height < 2 || box.right + scrollX <= width + 1 || style(el).position === 'fixed') continue;
        const region = regionOf(el);
        if (region.r < box.right - 1 || region.r === Infinity && upTo(boxes.parentOf(el), (at) => at !== document.body && at !== document.documentElement && /auto|scroll/.test(style(at).overflowX))) continue;
        out.push(el);
      }
    }
    // A box that sticks out only around an excepted one is not at fault; of the others the outermost is named.
    const may = new Set(out.filter(excepted)), free = out.filter((el) => !may.has(el));
    const inner = new Map(out.map((el) => [el, []]));
    for (const el of out) for (const at of up(boxes.parentOf(el))) if (inner.has(at)) inner.get(at).push(el);
    const roots = new Set(free.filter((el) => {
      const wide = style(el).minWidth !== 'auto' && parseFloat(style(el).minWidth) > width || /px$/.test(el.style.width) && parseFloat(el.style.width) > width;
      return wide || !inner.get(el).some((one) => may.has(one)) || inner.get(el).some((one) => !may.has(one) && !inner.get(one).length);
    }));
    const inmost = [...roots].filter((el) => !inner.get(el).some((one) => roots.has(one)));
    const outmost = new Set(inmost.map((el) => [...up(el)].filter((at) => inner.has(at)).pop()));
    const picture = (el) => ['img', 'picture'].includes(el.localName);
    return { width, content_width: content, excepted: out.length - free.length,
      sticking: [...outmost].slice(0, 8).map((el) => ({ element: said(el), sure: !picture(el) })), ...result };
  };
  return { begin, changed, undone, narrow };
}
