// Runs in every document before its own scripts: notes which timers wait, whether frames are asked for and whether a
// script asks for the wish for less motion, so that a page on which nothing can change by itself needs not be watched.
// Each function stays the browser's own to whoever reads it. What the page changes later must not reach in here.
// Kept as a function that tells "frames,asked for now,less motion,quiet;delay,again;delay,again;…": times in ms, `less
// motion` yes or no, `quiet` since the document last changed (-1: nobody knows), at most 100 timers.
(() => {
  const key = Symbol.for('toantrinh.timers'), notes = Symbol.for('toantrinh.notes');
  if (window[key]) return;
  const { apply } = Reflect, { performance } = window, { now } = performance, contains = String.prototype.includes;
  const lower = String.prototype.toLowerCase, waiting = { __proto__: null }, drawn = { __proto__: null };
  let frames = 0, asked = false;
  const told = () => {
    let pending = 0, left = 100;
    for (const id in drawn) pending += 1;
    const known = window[notes], quiet = known ? apply(now, performance, []) - known.changed : -1;
    let said = `${frames},${pending},${asked ? 'yes' : 'no'},${+quiet}`;
    for (const id in waiting) { said += `;${waiting[id]}`; left -= 1; if (!left) break; }
    return said;
  };
  Object.defineProperty(window, key, { value: told });
  const heard = (name, how) => { window[name] = new Proxy(window[name], { __proto__: null, apply: how }); };
  const once = (list, given, note) => {
    const what = given[0];
    if (typeof what !== 'function') return (start) => start();
    let id = 0;
    given[0] = function (...all) { delete list[id]; return apply(what, this, all); };
    return (start) => { id = start(); list[id] = note; return id; };
  };
  const delay = (given) => { const ms = given[1]; return typeof ms === 'object' || typeof ms === 'symbol' ? 0 : +ms || 0; };
  heard('setInterval', (start, self, given) => {
    const id = apply(start, self, given);
    waiting[id] = `${delay(given)},again`;
    return id;
  });
  heard('setTimeout', (start, self, given) => {
    const note = `${delay(given)},once`;
    if (typeof given[0] !== 'string') return once(waiting, given, note)(() => apply(start, self, given));
    const id = apply(start, self, given); // the words of a script: they cannot tell when they have run
    waiting[id] = note;
    apply(start, self, [() => { delete waiting[id]; }, delay(given)]);
    return id;
  });
  heard('requestAnimationFrame', (start, self, given) => { frames += 1; return once(drawn, given, 1)(() => apply(start, self, given)); });
  const forgotten = (list) => (stop, self, given) => { delete list[given[0]]; return apply(stop, self, given); };
  heard('clearInterval', forgotten(waiting));
  heard('clearTimeout', forgotten(waiting));
  heard('cancelAnimationFrame', forgotten(drawn));
  heard('matchMedia', (ask, self, given) => {
    asked ||= typeof given[0] !== 'string' || apply(contains, apply(lower, given[0], []), ['prefers-reduced-motion']);
    return apply(ask, self, given);
  });
})();
