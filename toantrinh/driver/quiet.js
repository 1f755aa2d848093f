// Resolves once the document has been read, shows no busy sign and has not changed for `quiet` ms; at the latest after `limit` ms.
([quiet, limit]) => new Promise((resolve) => {
  const busy = () => document.readyState === 'loading'
    || Array.from(document.querySelectorAll('[aria-busy=true],.spinner,.loading,.loader,.ant-spin-spinning')).some((el) => !el.checkVisibility || el.checkVisibility());
  const started = performance.now();
  let last = started;
  const observer = new MutationObserver(() => { last = performance.now(); });
  observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  const done = (settled) => { observer.disconnect(); resolve(settled); };
  (function look() {
    const now = performance.now();
    if (now - started >= limit) return done(false);
    if (now - last >= quiet && !busy()) return done(true);
    return setTimeout(look, Math.max(4, quiet - (now - last)));
  })();
})
