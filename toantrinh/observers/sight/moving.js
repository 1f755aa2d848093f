// The animations of the page that run now: what they change, for how long, and whether that moves the element.
() => {
  const MOVES = ['transform', 'translate', 'rotate', 'scale', 'left', 'right', 'top', 'bottom', 'inset', 'margin', 'marginLeft', 'marginRight', 'marginTop', 'marginBottom', 'offsetDistance', 'offsetPath', 'backgroundPosition', 'backgroundPositionX', 'backgroundPositionY', 'objectPosition'];
  const BLINKS = ['opacity', 'visibility', 'color', 'backgroundColor', 'filter', 'borderColor', 'display'];
  const OTHER = ['offset', 'computedOffset', 'easing', 'composite'];
  const name = (el) => {
    const parts = [];
    for (let at = el; at && at.nodeType === 1 && at !== document.documentElement && parts.length < 3; at = at.parentElement) {
      if (at.id) { parts.unshift('#' + CSS.escape(at.id)); break; }
      const kind = (at.getAttribute('class') || '').trim().split(/\s+/).filter(Boolean).slice(0, 2);
      parts.unshift(at.localName + kind.map((one) => '.' + CSS.escape(one)).join(''));
    }
    return parts.join(' > ');
  };
  const word = (el) => `${el.id} ${el.getAttribute('class') || ''}`;
  const waits = (el) => {
    for (let at = el, i = 0; at && i < 3; at = at.parentElement, i++) {
      if (['progressbar', 'status'].includes(at.getAttribute('role')) || at.getAttribute('aria-busy') === 'true' || at.localName === 'progress') return true;
      const box = at.getBoundingClientRect();
      if (/spin|load(er|ing)|progress|skeleton|shimmer|placeholder/i.test(word(at)) && (box.width <= 120 || /skeleton|shimmer|placeholder/i.test(word(at)))) return true;
    }
    return false;
  };
  const found = [];
  for (const one of document.getAnimations()) {
    if (found.length >= 60) break;
    const effect = one.effect, el = effect && effect.target;
    if (!el || one.playState !== 'running' || !effect.getComputedTiming) continue;
    if (one.timeline && one.timeline !== document.timeline) continue; // driven by scrolling: the reader moves it
    const timing = effect.getComputedTiming(), frames = effect.getKeyframes();
    const duration = Number(timing.duration) || 0, endless = timing.iterations === Infinity;
    const lasts = endless ? Infinity : duration * timing.iterations;
    if (duration < 20 || lasts <= 200) continue;
    const box = el.getBoundingClientRect(), style = getComputedStyle(el);
    if (box.width < 2 || box.height < 2 || style.visibility !== 'visible') continue;
    if (el.checkVisibility && !el.checkVisibility({ visibilityProperty: true })) continue;
    const properties = new Set();
    for (const frame of frames) for (const key of Object.keys(frame)) if (!OTHER.includes(key)) properties.add(key);
    const varies = [...properties].filter((key) => new Set(frames.map((frame) => frame[key] ?? '')).size > 1 || frames.length === 1);
    found.push({
      selector: name(el) + (effect.pseudoElement || ''), name: one.animationName || one.transitionProperty || one.id || '', properties: varies,
      duration, iterations: endless ? null : timing.iterations, alternate: /alternate/.test(timing.direction || ''),
      moves: varies.some((key) => MOVES.includes(key)) && !waits(el),
      blinks: varies.some((key) => BLINKS.includes(key)) && !waits(el),
      waits: waits(el), lasts: endless ? null : lasts, box: [box.left + scrollX, box.top + scrollY, box.width, box.height],
    });
  }
  return found;
}
