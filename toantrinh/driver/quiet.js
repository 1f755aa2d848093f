// Resolves to 'quiet' once the document has been read, shows no busy sign and has not changed, nor been acted on, for
// `quiet` ms, and has done all that was waiting its turn (a question of ours comes before an event that is only queued,
// such as the `hashchange` after a press); to 'busy' after `limit` ms; to 'left' when it is on its way to another document (or to a download).
([quiet, limit]) => new Promise((resolve) => {
  const LEAVING = 1500;
  const busy = () => document.readyState === 'loading'
    || Array.from(document.querySelectorAll('[aria-busy=true],.spinner,.loading,.loader,.ant-spin-spinning')).some((el) => !el.checkVisibility || el.checkVisibility());
  const started = performance.now();
  let notes = window[Symbol.for('toantrinh.notes')], observer = null;
  if (!notes) {
    notes = { changed: started, acted: 0, left: 0 };
    observer = new MutationObserver(() => { notes.changed = performance.now(); });
    observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  }
  const done = (state) => { if (observer) observer.disconnect(); resolve(state); };
  const afterAll = (then) => {
    if (window.scheduler && window.scheduler.postTask) window.scheduler.postTask(then, { priority: 'background' });
    else setTimeout(then);
  };
  (function look(turned) {
    const now = performance.now(), since = now - Math.max(notes.changed, notes.acted);
    if (notes.left && now - notes.left < LEAVING) return done('left');
    if (now - started >= limit) return done('busy');
    if (since < quiet || busy()) return setTimeout(look, Math.max(4, quiet - since));
    return turned === true ? done('quiet') : afterAll(() => look(true));
  })();
})
