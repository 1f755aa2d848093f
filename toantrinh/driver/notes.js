// Runs in every document before its own scripts: notes when it last changed, when a person last acted, and when it
// was left, so that nobody needs to wait and see. Where it could not run, quiet.js watches for itself.
// A form that is being sent leaves the document, too: the browser does so in its own time, later than the event.
(() => {
  const key = Symbol.for('toantrinh.notes');
  if (window[key] && window[key].of === document) return; // a window may be given a second document, or this script twice
  const notes = { changed: performance.now(), acted: 0, left: 0, of: document };
  Object.defineProperty(window, key, { value: notes, configurable: true });
  new MutationObserver(() => { notes.changed = performance.now(); })
    .observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  window.addEventListener('beforeunload', () => { notes.left = performance.now(); }, { capture: true });
  window.addEventListener('submit', (event) => {
    const form = event.target, of = (name) => ((event.submitter && event.submitter.getAttribute('form' + name)) || form.getAttribute(name) || '').trim().toLowerCase();
    setTimeout(() => {
      const leaves = ['', '_self'].includes(of('target')) && of('method') !== 'dialog' && !of('action').startsWith('javascript:');
      if (leaves && !event.defaultPrevented) notes.left = performance.now();
    });
  }, { capture: true, passive: true });
  for (const kind of ['pointerdown', 'click', 'keydown', 'input', 'change', 'submit', 'hashchange', 'popstate']) {
    window.addEventListener(kind, () => { notes.acted = performance.now(); }, { capture: true, passive: true });
  }
})();
