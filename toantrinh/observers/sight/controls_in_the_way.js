// Controls that something else covers, and controls that are cut, at the present window width.
(boxes) => {
  const { style, up, upTo, inside, parentOf, said, visible, clippedAway, walk, isControl, regionOf, lossOf, floating, rolling, ellipsis } = boxes;
  const MOST = 800, KEPT = 12, MOST_MS = 3000, ACROSS = [0.06, 0.28, 0.5, 0.72, 0.94], DOWN = [0.12, 0.5, 0.88];
  const POINTS = [[0.5, 0.5], ...DOWN.flatMap((y) => ACROSS.map((x) => [x, y])).filter(([x, y]) => x !== 0.5 || y !== 0.5)], ENOUGH = POINTS.length / 2;
  const under = (x, y) => {
    let hit = document.elementFromPoint(x, y);
    while (hit && hit.shadowRoot) {
      const deeper = hit.shadowRoot.elementFromPoint(x, y);
      if (!deeper || deeper === hit) break;
      hit = deeper;
    }
    return hit;
  };
  const boxOf = (el) => [...el.getClientRects()].sort((a, b) => b.width * b.height - a.width * a.height)[0];
  const controlAbove = (el) => upTo(el, isControl);
  const labels = (hit, el) => { const label = upTo(hit, (at) => at.localName === 'label'); return !!label && (label.control === el || inside(el, label)); };
  // What lies over a control and does what the control does, or is part of it.
  const own = (hit, el) => {
    if (inside(hit, el) || labels(hit, el)) return true;
    const other = controlAbove(hit);
    if (!other) return false;
    if (inside(el, other)) return true;
    if (other.localName === 'a' && el.localName === 'a' && other.href === el.href) return true;
    return other.localName === 'input' && style(other).opacity === '0';
  };
  const modal = (hit, el) => {
    const dialog = upTo(hit, (at) => at.matches('dialog[open], [role=dialog], [role=alertdialog], [aria-modal=true], [popover]'));
    if (dialog && !inside(el, dialog)) return true;
    const veil = upTo(hit, (at) => style(at).position === 'fixed');
    if (!veil || inside(el, veil)) return false;
    const box = veil.getBoundingClientRect();
    return box.width >= innerWidth * 0.95 && box.height >= innerHeight * 0.95;
  };
  // Who covers it; null when nobody does, undefined when it is not in the window.
  const look = (el) => {
    const box = boxOf(el);
    if (!box) return undefined;
    const region = regionOf(el);
    const left = Math.max(box.left, region.l, 0), right = Math.min(box.right, region.r, innerWidth);
    const top = Math.max(box.top, region.t, 0), bottom = Math.min(box.bottom, region.b, innerHeight);
    if (right - left < 3 || bottom - top < 3) return undefined;
    let covered = 0, free = 0, centre = null;
    const by = new Map();
    for (const [x, y] of POINTS) {
      if (free > ENOUGH && !(centre && isControl(centre))) return null; // the others can make no half of it
      const hit = under(left + (right - left) * x, top + (bottom - top) * y);
      if (!hit || own(hit, el) || inside(el, hit)) { free += 1; continue; } // or its own ground: rounded corners, gaps between lines
      if (modal(hit, el)) return null;
      covered += 1;
      const who = controlAbove(hit) || hit;
      by.set(who, (by.get(who) || 0) + 1);
      if (x === 0.5 && y === 0.5) centre = who;
    }
    const share = covered / POINTS.length;
    if (share < 0.5 && !(centre && isControl(centre))) return null;
    const who = centre || [...by].sort((a, b) => b[1] - a[1])[0][0];
    return { who, share };
  };
  const whole = (el) => {
    const box = boxOf(el);
    return !!box && box.left >= 0 && box.top >= 0 && box.right <= innerWidth && box.bottom <= innerHeight && !(lossOf(box, regionOf(el)).share > 0);
  };
  let stood = new Map(); // where boxes stood that were scrolled
  const putBack = () => {
    for (const [at, [left, top]] of stood) if (at.scrollLeft !== left || at.scrollTop !== top) at.scrollTo({ left, top, behavior: 'instant' });
    stood = new Map();
  };
  // At the worst of places a bar that floats lies over it; only where no scrolling brings it out is it covered.
  const covered = (el) => {
    if (whole(el) && look(el) === null) return null; // here nothing lies over it
    for (const at of up(el)) if (!stood.has(at)) stood.set(at, [at.scrollLeft, at.scrollTop]);
    el.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
    boxes.forget();
    const found = look(el);
    if (!found || !floating(found.who)) return found || null;
    for (const block of ['start', 'end']) {
      el.scrollIntoView({ block, inline: 'nearest', behavior: 'instant' });
      if (block === 'start') window.scrollBy({ top: -innerHeight / 4, behavior: 'instant' });
      if (block === 'end') window.scrollBy({ top: innerHeight / 4, behavior: 'instant' });
      boxes.forget();
      if (look(el) === null) return null;
    }
    return found;
  };
  // A bar that can be put away, or two parts of one widget: a person has to look.
  const doubtful = (el, who) => {
    const bar = floating(who);
    if (bar && !inside(el, bar) && bar.querySelector('button, [role=button], input, [onclick]')) return true;
    if (isControl(who)) return false;
    const common = upTo(el, (at) => inside(who, at));
    if (!common) return false;
    const a = common.getBoundingClientRect(), b = el.getBoundingClientRect();
    return a.width * a.height <= 2 * b.width * b.height;
  };
  const drawn = (el) => { const of = style(el); return of.backgroundColor !== 'rgba(0, 0, 0, 0)' || (of.borderTopStyle !== 'none' && of.borderTopWidth !== '0px'); };
  const contents = (el) => {
    if (['input', 'select', 'textarea'].includes(el.localName) || (el.localName !== 'a' && drawn(el))) return [el.getBoundingClientRect()];
    const range = document.createRange(), walker = document.createTreeWalker(el, NodeFilter.SHOW_TEXT), found = [];
    while (walker.nextNode() && found.length < 20) {
      const node = walker.currentNode, holder = node.parentElement;
      if (!/\S/.test(node.data) || !visible(holder) || !textShown(holder, el)) continue;
      range.selectNodeContents(node);
      found.push(...[...range.getClientRects()].filter((box) => box.width > 1 && box.height > 1));
    }
    return found;
  };
  // Words for those who listen only stand in a box of a pixel.
  const textShown = (holder, el) => !upTo(holder, (at) => at !== el && inside(at, el) && (at.clientWidth <= 2 || at.clientHeight <= 2) && style(at).display !== 'inline');
  const collapsed = (by) => by !== document.documentElement && (by.clientWidth < 4 || by.clientHeight < 4);
  const set = (el, by) => !!upTo(el, (at) => at !== by && inside(at, by) && (['absolute', 'fixed'].includes(style(at).position) || style(at).transform !== 'none'));
  const cut = (el) => {
    const region = regionOf(el), all = contents(el);
    if (!all.length) return null;
    let area = 0, gone = 0, worst = null;
    for (const box of all) {
      const loss = lossOf(box, region), size = box.width * box.height;
      area += size; gone += size * loss.share;
      if (loss.by && (!worst || loss.share > worst.share)) worst = loss;
    }
    if (!worst || !area) return null;
    const share = gone / area;
    if (share < 0.2 || Math.max(worst.x, worst.y) < 5) return null;
    if (collapsed(worst.by) || rolling(worst.by) || rolling(el) || ellipsis(el, worst.by)) return null;
    if ([...el.querySelectorAll('*')].slice(0, 20).some((one) => ellipsis(one, el))) return null;
    const whole = share > 0.98;
    if (whole && set(el, worst.by)) return null; // put aside on purpose: drawers, skip links, slides
    return { who: worst.by, share, sure: !whole };
  };
  const kept = (found) => found.slice(0, KEPT);
  const controls = () => {
    boxes.forget();
    const at = [scrollX, scrollY];
    const all = walk().elements.filter((el) => isControl(el) && visible(el) && !clippedAway(el)).slice(0, MOST)
      .filter((el) => { const box = boxOf(el); return box && box.width >= 4 && box.height >= 4 && style(el).pointerEvents !== 'none'; });
    boxes.toTop();
    boxes.forget();
    const lost = [], hidden = new Set();
    for (const el of all) {
      if (lossOf(boxOf(el), regionOf(el)).share > 0.9) hidden.add(el);
      const found = cut(el);
      if (found) lost.push({ element: said(el), by: found.who === document.documentElement ? 'mép trang' : boxes.selector(found.who), by_name: '', share: found.share, sure: found.sure });
    }
    const over = [], until = Date.now() + MOST_MS;
    for (const el of all) {
      if (Date.now() > until || over.length > KEPT) break;
      if (hidden.has(el)) continue;
      const found = covered(el);
      if (found) over.push({ element: said(el), by: boxes.selector(found.who), by_name: boxes.nameOf(found.who), share: found.share, sure: !doubtful(el, found.who) });
    }
    putBack();
    boxes.scrolled(at);
    boxes.forget();
    return { controls: all.length, covered: kept(over), cut: kept(lost) };
  };
  return { controls };
}
