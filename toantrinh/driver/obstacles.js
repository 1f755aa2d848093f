// Whether an element can be pressed where it stands. Resolves with 'free'; 'dialog' when something that wants an answer stands in
// front of it; 'veil' when something that asks nothing (a spinner's veil) has not gone away within `limit` ms.
(element, limit) => new Promise((resolve) => {
  const box = () => element.getBoundingClientRect();
  const outside = (b) => b.bottom < 0 || b.top > window.innerHeight || b.right < 0 || b.left > window.innerWidth;
  if (outside(box())) element.scrollIntoView({ block: 'center', behavior: 'instant' });
  const across = (node) => node.parentElement || (node.getRootNode().host || null);
  const above = (hit) => { for (let node = hit; node; node = across(node)) if (node === element) return true; return false; };
  const asks = (node) => Boolean(node) && (node.matches('button,a[href],[role=button],[onclick]') || node.querySelector('button,a[href],input:not([type=hidden]),[role=button],[onclick]') !== null);
  const positioned = (hit) => {
    let top = null;
    for (let node = hit; node && node !== document.body && node !== document.documentElement && !node.contains(element); node = across(node)) {
      if (['fixed', 'absolute', 'sticky'].includes(getComputedStyle(node).position)) top = node;
    }
    return top;
  };
  const started = performance.now();
  (function look() {
    const b = box(), x = Math.min(Math.max(b.left + b.width / 2, 1), window.innerWidth - 1), y = Math.min(Math.max(b.top + b.height / 2, 1), window.innerHeight - 1);
    let hit = document.elementFromPoint(x, y);
    while (hit && hit.shadowRoot && hit !== element) { const deeper = hit.shadowRoot.elementFromPoint(x, y); if (!deeper || deeper === hit) break; hit = deeper; }
    const label = hit && hit.closest('label');
    if (!hit || above(hit) || hit.contains(element) || (label && (label.contains(element) || label.control === element))) return resolve('free');
    const cover = positioned(hit);
    if (!cover) return resolve('free');
    const middles = [[0.5, 0.5], [0.5, 0.25], [0.5, 0.12]].map(([u, v]) => positioned(document.elementFromPoint(window.innerWidth * u, window.innerHeight * v)));
    if (asks(cover) || middles.some(asks)) return resolve('dialog');
    if (performance.now() - started >= limit) return resolve('veil');
    return setTimeout(look, 15);
  })();
})
