// A stop with and without the focus: where to take the picture, and what could mislead it.
const MARGIN = 10, WIDEST = 620, TALLEST = 320, BAND = 0.1, MORE_AREA = 350000;  // CSS pixels
const writing = 'textarea,[contenteditable=""],[contenteditable=true],input:not([type]),input[type=text],input[type=search],input[type=email],input[type=tel],input[type=url],input[type=number],input[type=password],input[type=date]';
const hides = (element, top) => !!top && !element.contains(top) && !top.contains(element) && ![...(element.labels || [])].some(label => label.contains(top) || top.contains(label));
// Something else lies over it, such as a layer that nobody closed: what its focus looks like cannot be told.
const covered = (element, r) => hides(element, element.getRootNode().elementFromPoint(r.left + r.width / 2, r.top + r.height / 2));
const boxesOf = element => [element.getBoundingClientRect(), ...[...(element.labels || [])].map(l => l.getBoundingClientRect())].filter(r => r.width && r.height);
const around = boxes => {
  const left = Math.max(0, Math.floor(Math.min(...boxes.map(r => r.left)) - MARGIN)), top = Math.max(0, Math.floor(Math.min(...boxes.map(r => r.top)) - MARGIN));
  return {left, top, right: Math.min(innerWidth, Math.ceil(Math.max(...boxes.map(r => r.right)) + MARGIN), left + WIDEST),
    bottom: Math.min(innerHeight, Math.ceil(Math.max(...boxes.map(r => r.bottom)) + MARGIN), top + TALLEST)};
};
const joined = (a, b) => ({left: Math.min(a.left, b.left), top: Math.min(a.top, b.top), right: Math.max(a.right, b.right), bottom: Math.max(a.bottom, b.bottom)});
const meets = (r, other) => r.left < other.right && r.right > other.left && r.top < other.bottom && r.bottom > other.top;
const area = r => (r.right - r.left) * (r.bottom - r.top);
const clipOf = r => [r.left + Math.round(scrollX), r.top + Math.round(scrollY), r.right - r.left, r.bottom - r.top];
// All of it is seen, away from where bars stick to the window.
const wellSeen = element => {
  const boxes = boxesOf(element), root = element.getRootNode();
  return element.ownerDocument === document && boxes.length > 0
    && boxes.every(r => r.left >= 0 && r.right <= innerWidth && r.top >= innerHeight * BAND && r.bottom <= innerHeight * (1 - BAND))
    && [[0.5, 0.5], [0.5, 0.1], [0.5, 0.9], [0.05, 0.5], [0.95, 0.5]].every(([x, y]) =>
      !hides(element, root.elementFromPoint(boxes[0].left + boxes[0].width * x, boxes[0].top + boxes[0].height * y)));
};
// As many of the next stops as there is room for, beside this one.
const bringUp = (element, next) => {
  element.scrollIntoView({block: 'center', behavior: 'instant'});
  let all = around(boxesOf(element).concat(element.getBoundingClientRect()));
  const start = all, y = scrollY;
  for (const other of next) {
    const boxes = boxesOf(other);
    if (!boxes.length || other.ownerDocument !== document) continue;
    const [top, bottom] = [Math.min(all.top, ...boxes.map(r => r.top)), Math.max(all.bottom, ...boxes.map(r => r.bottom))];
    if (bottom - top > innerHeight * (1 - 2 * BAND) - 2 * MARGIN) break;
    all = {...all, top, bottom};
  }
  if (all.top === start.top && all.bottom === start.bottom) return;
  scrollBy({top: (all.top + all.bottom - innerHeight) / 2, behavior: 'instant'});
  if (!wellSeen(element)) scrollTo({top: y, behavior: 'instant'});
};
// What the picture without focus rests on: since then no node has changed for good, no field says other things, nothing was scrolled.
let plain = null, wide = null, since = [], changes = 0;
const take = list => { changes += list.length; if (since.length < 5000) since.push(...list); };
const watcher = new MutationObserver(take);
const watch = {subtree: true, childList: true, characterData: true, attributes: true, attributeOldValue: true};
const bounds = element => { const r = element.getBoundingClientRect(); return [r.left, r.top, scrollX, scrollY].join(); };
const fields = () => [...document.querySelectorAll('input,select,textarea')].map(f => [f.value, f.checked].join()).join('\n');
const undone = list => {
  const first = new Map();
  for (const record of list) {
    if (record.type !== 'attributes') return false;
    const known = first.get(record.target) || first.set(record.target, new Map()).get(record.target);
    if (!known.has(record.attributeName)) known.set(record.attributeName, record.oldValue);
  }
  return [...first].every(([target, old]) => [...old].every(([attribute, value]) => target.getAttribute(attribute) === value));
};
const holds = () => {
  take(watcher.takeRecords());
  return !!plain && since.length < 5000 && undone(since) && plain.x === scrollX && plain.y === scrollY && plain.fields === fields();
};
addEventListener('scroll', event => { if (event.target !== document) plain = null; }, true);
let sealed = null;  // there are parts that may change unseen
const watchAll = () => {
  if (sealed !== null) return;
  sealed = roots().length > 1 || [...document.querySelectorAll('*')].some(e => e.localName.includes('-'));
  watcher.observe(document, watch);
};

Object.assign(globalThis.keyboard, {
  // With focus: where to take the picture. `next`: stops that are pictured after this one; null where it has the focus already.
  focused(n, next) {
    const e = seen[n];
    let kept = false;
    watchAll();
    if (next) {
      const stood = bounds(e);
      kept = holds();
      if (!kept || !wellSeen(e)) {
        bringUp(e, next.map(other => seen[other]));
        kept &&= bounds(e) === stood;
      }
      e.focus({preventScroll: true});
    }
    if (!kept) plain = null;
    finish();
    const boxes = boxesOf(e);
    if (!boxes.length || active() !== e) return null;
    const own = boxes[0], css = styles(e), clip = around(boxes);
    kept &&= area(joined(clip, plain.box)) === area(plain.box);
    wide = clip;
    for (const other of kept || !next ? [] : next) {
      const boxes = boxesOf(seen[other]).filter(r => r.top >= 0 && r.bottom <= innerHeight && r.left >= 0 && r.right <= innerWidth);
      const more = boxes.length ? joined(wide, around(boxes)) : wide;
      if (area(more) <= area(wide) + MORE_AREA) wide = more;
    }
    const clear = /rgba\(.*, 0\)|transparent/.test(css.caretColor) || css.caretColor === css.backgroundColor;
    const restless = document.getAnimations().some(a => a.playState === 'running') || [...document.querySelectorAll('canvas,video')].some(one => meets(one.getBoundingClientRect(), clip)) || [...document.images].some(i => /\.gif|\.webp|\.apng/i.test(i.currentSrc) && i.getBoundingClientRect().bottom > 0);
    take(watcher.takeRecords());
    changes = 0;
    return {clip: clipOf(clip), wide: clipOf(wide), own: [own.left - clip.left, own.top - clip.top, own.width, own.height], kept: kept && !restless,
      outside: clip.right <= clip.left || clip.bottom <= clip.top, covered: covered(e, own), caret: e.matches(writing) && !clear, restless};
  },
  // Without: how often something else moved meanwhile. `anew`: a picture is taken now that may serve for others.
  blurred(n, anew) {
    take(watcher.takeRecords());
    const moved = changes;
    seen[n].blur();
    finish();
    if (anew || moved) {
      watcher.takeRecords();
      since = [];
      plain = moved || sealed ? null : {box: wide, x: scrollX, y: scrollY, fields: fields()};
    }
    return moved;
  },
  // Once more, where it stands.
  focusedAgain(n) { seen[n].focus({preventScroll: true}); finish(); return active() === seen[n]; },
  refocus(n) { seen[n].scrollIntoView({block: 'center', behavior: 'instant'}); seen[n].focus({preventScroll: true}); return active() === seen[n]; },
});
