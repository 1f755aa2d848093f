([paths, reveal]) => {
  // Where elements of this frame stand, as far as they can be seen: [x, y, width, height] in CSS pixels of the frame's
  // window. A path leads through open shadow roots. With `reveal` the first one is scrolled to; what scrolled is put
  // back by the next call.
  const upwards = (el) => el.assignedSlot || el.parentElement || (el.getRootNode().host ?? null);
  const found = (path) => {
    let root = document;
    let el = null;
    for (const selector of path) {
      const all = root ? Array.from(root.querySelectorAll(selector)) : [];
      el = all.find((one) => one.checkVisibility({ visibilityProperty: true })) || all[0] || null;
      root = el && el.shadowRoot;
    }
    return el && el.matches('option, optgroup') ? el.closest('select') : el;
  };
  const cut = (box, by) => {
    const [left, top] = [Math.max(box[0], by[0]), Math.max(box[1], by[1])];
    return [left, top, Math.min(box[0] + box[2], by[0] + by[2]) - left, Math.min(box[1] + box[3], by[1] + by[3]) - top];
  };
  const seen = (el) => {
    let box = el.getBoundingClientRect();
    box = [box.x, box.y, box.width, box.height];
    const whole = box;
    let position = getComputedStyle(el).position;
    for (let up = upwards(el); up && up !== document.body && up !== document.documentElement; up = upwards(up)) {
      if (position === 'fixed') break;
      const style = getComputedStyle(up);
      if (position === 'absolute' && style.position === 'static') continue;
      if (style.overflow !== 'visible') {
        const edge = up.getBoundingClientRect();
        box = cut(box, [edge.x + up.clientLeft, edge.y + up.clientTop, up.clientWidth, up.clientHeight]);
      }
      position = style.position;
    }
    if (window !== window.top) box = cut(box, [0, 0, innerWidth, innerHeight]);
    const area = (one) => one[2] * one[3];
    const out = box[2] < 0 || box[3] < 0 || area(box) < 0.3 * Math.min(area(whole), 40000);
    return { box, out };
  };
  const key = Symbol.for('toantrinh.scrolled');
  for (const [el, left, top] of window[key] || []) el.scrollTo({ left, top, behavior: 'instant' });
  delete window[key];
  if (reveal) {
    const el = paths.length ? found(paths[0]) : null;
    window[key] = [];
    for (let up = el; up; up = upwards(up)) window[key].push([up, up.scrollLeft, up.scrollTop]);
    if (el) el.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
  }
  const page = document.documentElement;
  return {
    scroll: [scrollX, scrollY],
    size: [Math.max(page.scrollWidth, innerWidth), Math.max(page.scrollHeight, innerHeight)],
    found: paths.map((path) => {
      const el = found(path);
      const whole = !el || el === page || el.matches('body, head, head *');
      return whole || !el.checkVisibility({ visibilityProperty: true }) ? null : seen(el);
    }),
  };
}
