// Runs in every document before its own scripts: notes which timers wait and whether frames are asked for, so that
// a page on which nothing can change by itself needs not be watched.
(() => {
  const waiting = new Map(), notes = { frames: 0, waiting };
  Object.defineProperty(window, Symbol.for('toantrinh.timers'), { value: notes });
  const { setInterval: every, clearInterval: noMore, setTimeout: later, clearTimeout: never, requestAnimationFrame: frame } = window;
  window.setInterval = function setInterval(what, delay, ...given) {
    const id = every.call(window, what, delay, ...given);
    waiting.set(id, { delay: Number(delay) || 0, again: true });
    return id;
  };
  window.setTimeout = function setTimeout(what, delay, ...given) {
    const then = typeof what === 'function' ? function (...all) { waiting.delete(id); return what.apply(this, all); } : what;
    const id = later.call(window, then, delay, ...given);
    if (typeof what === 'function') waiting.set(id, { delay: Number(delay) || 0, again: false });
    return id;
  };
  window.clearInterval = function clearInterval(id) { waiting.delete(id); return noMore.call(window, id); };
  window.clearTimeout = function clearTimeout(id) { waiting.delete(id); return never.call(window, id); };
  window.requestAnimationFrame = function requestAnimationFrame(what) { notes.frames += 1; return frame.call(window, what); };
})();
