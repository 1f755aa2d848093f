// Runs in every document before its own scripts: notes which timers wait and whether frames are asked for, so that
// a page on which nothing can change by itself needs not be watched. What the page changes later must not reach in here.
// Kept as a function that tells "frames;delay,again;delay,again;…", delays in ms, at most 100.
(() => {
  const { setInterval: every, clearInterval: noMore, setTimeout: later, clearTimeout: never, requestAnimationFrame: frame } = window;
  const { apply } = Reflect, waiting = { __proto__: null };
  let frames = 0;
  const told = () => {
    let said = `${frames}`, left = 100;
    for (const id in waiting) { said += `;${waiting[id]}`; left -= 1; if (!left) break; }
    return said;
  };
  Object.defineProperty(window, Symbol.for('toantrinh.timers'), { value: told });
  const start = (timer, what, delay, given, kind) => {
    const all = [what, delay];
    for (let i = 0; i < given.length; i += 1) all[i + 2] = given[i];
    const id = apply(timer, window, all);
    if (kind) waiting[id] = `${+delay || 0},${kind}`;
    return id;
  };
  window.setInterval = function setInterval(what, delay, ...given) { return start(every, what, delay, given, 'again'); };
  window.setTimeout = function setTimeout(what, delay, ...given) {
    if (typeof what !== 'function') return start(later, what, delay, given, '');
    const id = start(later, function (...all) { delete waiting[id]; return apply(what, this, all); }, delay, given, 'once');
    return id;
  };
  window.clearInterval = function clearInterval(id) { delete waiting[id]; return apply(noMore, window, [id]); };
  window.clearTimeout = function clearTimeout(id) { delete waiting[id]; return apply(never, window, [id]); };
  window.requestAnimationFrame = function requestAnimationFrame(what) { frames += 1; return apply(frame, window, [what]); };
})();
