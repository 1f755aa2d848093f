// What the geometry observers share: names of elements, who is seen, and what of a box its clipping ancestors leave.
// Boxes are in CSS pixels of the window as it is scrolled now.
() => {
  const MOST_NODES = 20000;
  const CONTROLS = ['button', 'input', 'select', 'textarea', 'summary'];
  const ROLES = ['button', 'link', 'checkbox', 'radio', 'tab', 'menuitem', 'switch', 'combobox', 'option', 'textbox'];
  const style = (el) => getComputedStyle(el);
  const parentOf = (el) => el.assignedSlot || el.parentElement || (el.getRootNode() instanceof ShadowRoot ? el.getRootNode().host : null);
  const up = function* (el) { for (let at = el; at; at = parentOf(at)) yield at; };
  const upTo = (el, test) => { for (const at of up(el)) if (test(at)) return at; return null; };
  const inside = (el, outer) => upTo(el, (at) => at === outer) !== null;

  const markup = (el) => el.cloneNode(false).outerHTML.split('></')[0].slice(0, 240);
  const nameOf = (el) => (el.getAttribute('aria-label') || el.innerText || el.value || el.placeholder || el.title || el.alt ||
    [...el.querySelectorAll('img[alt], [aria-label], title')].map((one) => one.getAttribute('alt') || one.getAttribute('aria-label') || one.textContent).join(' ') ||
    (el.getAttribute('aria-labelledby') || '').split(/\s+/).map((id) => document.getElementById(id)?.textContent || '').join(' ') || '').trim().replace(/\s+/g, ' ').slice(0, 80);
  const selector = (el) => {
    const steps = [];
    for (let at = el; at && at.nodeType === 1; at = at.parentElement) {
      if (at.id && /^[A-Za-z][\w-]*$/.test(at.id) && document.querySelectorAll('#' + at.id).length === 1) { steps.unshift('#' + at.id); break; }
      const tag = CSS.escape(at.localName);
      if (at === document.body || at === document.documentElement) { steps.unshift(tag); break; }
      const same = at.parentElement ? [...at.parentElement.children].filter((one) => one.localName === at.localName) : [at];
      steps.unshift(same.length > 1 ? `${tag}:nth-of-type(${same.indexOf(at) + 1})` : tag);
    }
    return steps.join(' > ');
  };
  const said = (el) => ({ selector: selector(el), markup: markup(el), name: nameOf(el) });

  const visible = (el) => (el.checkVisibility
    ? el.checkVisibility({ opacityProperty: true, visibilityProperty: true, checkOpacity: true, checkVisibilityCSS: true })
    : !!el.getClientRects().length && style(el).visibility === 'visible');

  // Nothing of it is painted: it is there for those who listen, or for the keyboard's Enter.
  const clips = (el) => {
    const of = style(el);
    return (of.clip !== 'auto' && of.position !== 'static') || /inset\((4[5-9]|[5-9]\d|100)(\.\d+)?%/.test(of.clipPath);
  };
  const clippedAway = (el) => upTo(el, clips) !== null;
  // Whether an element or one around it passes a test, for many elements of a page that stands still meanwhile.
  const within = (test) => {
    const known = new Map();
    return (el) => {
      const below = [];
      let found = false;
      for (const at of up(el)) {
        if (known.has(at)) { found = known.get(at); break; }
        below.push(at);
        if (test(at)) { found = true; break; }
      }
      for (const one of below) known.set(one, found);
      return found;
    };
  };

  // All elements and texts, also in open shadow trees, in the order of the document.
  const walk = () => {
    const elements = [], texts = [];
    const of = (root) => {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
      while (walker.nextNode() && elements.length < MOST_NODES && texts.length < MOST_NODES) {
        const node = walker.currentNode;
        if (node.nodeType === 3) { if (/\S/.test(node.data)) texts.push(node); continue; }
        elements.push(node);
        if (node.shadowRoot) of(node.shadowRoot);
      }
    };
    if (document.body) of(document.body);
    return { elements, texts };
  };

  const isControl = (el) => (el.localName === 'a' && el.hasAttribute('href'))
    || (CONTROLS.includes(el.localName) && el.type !== 'hidden' && !el.disabled)
    || (ROLES.includes(el.getAttribute('role')) && el.getAttribute('aria-disabled') !== 'true');

  // The region in which an element can be seen, by scrolling too: each side with the element that cuts there.
  let regions = new Map(), windows = new Map();
  const forget = () => { regions = new Map(); windows = new Map(); };
  const cuts = (overflow) => overflow === 'hidden' || overflow === 'clip';
  const scrolls = (overflow) => overflow === 'auto' || overflow === 'scroll';
  const root = () => {
    const html = document.documentElement, of = style(html);
    const own = document.body && of.overflowX === 'visible' && of.overflowY === 'visible' ? style(document.body) : of;
    const held = cuts(own.overflowX);
    return { l: -scrollX, t: -scrollY, r: held ? html.clientWidth : Infinity, b: Infinity, bl: html, bt: html, br: html, bb: html };
  };
  const positioned = (el) => { const of = style(el); return of.position !== 'static' || of.transform !== 'none' || of.filter !== 'none' || /paint|layout|strict|content/.test(of.contain); };
  const regionOf = (el) => {
    if (regions.has(el)) return regions.get(el);
    let region;
    const position = el === document.documentElement || el === document.body ? 'static' : style(el).position;
    if (position === 'fixed') {
      const html = document.documentElement;
      region = { l: 0, t: 0, r: innerWidth, b: innerHeight, bl: html, bt: html, br: html, bb: html };
    } else {
      const parent = position === 'absolute' ? upTo(parentOf(el), positioned) : parentOf(el);
      region = parent ? contentsOf(parent) : root();
    }
    regions.set(el, region);
    return region;
  };
  const contentsOf = (el) => {
    if (!windows.has(el)) windows.set(el, windowOf(el));
    return windows.get(el);
  };
  const windowOf = (el) => {
    if (el === document.documentElement || el === document.body) {
      const html = style(document.documentElement);
      const passedOn = el === document.documentElement || (html.overflowX === 'visible' && html.overflowY === 'visible');
      if (passedOn) return root();
    }
    const of = style(el), region = { ...regionOf(el) };
    if (of.display === 'contents' || of.display === 'inline') return region;
    const box = el.getBoundingClientRect();
    const l = box.left + el.clientLeft, t = box.top + el.clientTop;
    if (scrolls(of.overflowX)) { region.l = -Infinity; region.r = Infinity; }
    else if (cuts(of.overflowX)) {
      if (l > region.l) { region.l = l; region.bl = el; }
      if (l + el.clientWidth < region.r) { region.r = l + el.clientWidth; region.br = el; }
    }
    if (scrolls(of.overflowY)) { region.t = -Infinity; region.b = Infinity; }
    else if (cuts(of.overflowY)) {
      if (t > region.t) { region.t = t; region.bt = el; }
      if (t + el.clientHeight < region.b) { region.b = t + el.clientHeight; region.bb = el; }
    }
    return region;
  };
  // How many pixels of a box are lost on each side, the share of its area, and who takes the most.
  const lossOf = (box, region) => {
    const width = box.right - box.left, height = box.bottom - box.top;
    const sides = [[region.l - box.left, region.bl, 'x'], [box.right - region.r, region.br, 'x'], [region.t - box.top, region.bt, 'y'], [box.bottom - region.b, region.bb, 'y']];
    let x = 0, y = 0, most = 0, by = null, axis = '';
    for (const [lost, who, along] of sides) {
      if (!(lost > 0.5)) continue;
      if (along === 'x') x += lost; else y += lost;
      if (lost > most) { most = lost; by = who; axis = along; }
    }
    x = Math.min(x, width); y = Math.min(y, height);
    return { x, y, by, axis, share: width * height ? 1 - ((width - x) * (height - y)) / (width * height) : 1 };
  };

  // The page drawn once more, and the tasks run to which its scripts came by that (resized, observed, messages). What glides
  // from one place to another is there.
  const frames = () => new Promise((done) => {
    const late = setTimeout(done, 300);
    requestAnimationFrame(() => setTimeout(() => { clearTimeout(late); done(); }, 4));
  }).then(() => {
    for (const one of document.getAnimations()) if (one instanceof CSSTransition) try { one.finish(); } catch (endless) { /* goes on */ }
  });
  const scrolled = ([left, top]) => window.scrollTo({ left, top, behavior: 'instant' });
  const toTop = () => scrolled([0, 0]);
  const floats = (el) => ['fixed', 'sticky'].includes(style(el).position);
  const floating = (el) => upTo(el, floats);
  const WINDOW = /carousel|slider|slide|swiper|slick|splide|owl|marquee|ticker|scroller/i;
  // A box through which a part of a longer row is shown on purpose.
  const rolling = (el) => el !== document.documentElement && !!upTo(el, (at) => at !== document.body && at !== document.documentElement
    && (/carousel|slide/.test(at.getAttribute('aria-roledescription') || '') || at.localName === 'marquee'
      || (typeof at.className === 'string' && WINDOW.test(at.className))));
  const ellipsis = (el, top) => {
    for (const at of up(el)) {
      const of = style(at);
      if (of.textOverflow === 'ellipsis' && cuts(of.overflowX)) return at;
      if (of.webkitLineClamp && of.webkitLineClamp !== 'none') return at;
      if (at === top) return null;
    }
    return null;
  };
  return { style, up, upTo, inside, parentOf, said, selector, nameOf, visible, clips, clippedAway, within, walk, isControl, regionOf, contentsOf, lossOf, forget, frames, scrolled, toTop, floats, floating, rolling, ellipsis, cuts };
}
