// What a page is built of, whatever it says: each distinct path of three elements (tag, classes, ids without their
// numbers, kind and name of a field), as a number. Two pages of one template share nearly all of them.
() => {
  const most = 2000;
  const bare = (text) => String(text).toLowerCase().replace(/[\d_-]+/g, '-').slice(0, 60);
  const names = new Map();
  const name = (el) => {
    if (names.has(el)) return names.get(el);
    const parts = [el.localName, bare(el.getAttribute('id') || ''), ...bare(el.getAttribute('class') || '').split(/\s+/).sort()];
    for (const key of ['role', 'type', 'name']) parts.push(bare(el.getAttribute(key) || ''));
    const own = parts.filter(Boolean).join('.');
    names.set(el, own);
    return own;
  };
  const number = (text) => {
    let hash = 0x811c9dc5;
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    return hash >>> 0;
  };
  const found = new Set();
  const walker = document.createTreeWalker(document.body || document.documentElement, NodeFilter.SHOW_ELEMENT);
  for (let el = walker.currentNode, seen = 0; el && seen < 20000 && found.size < most; el = walker.nextNode(), seen++) {
    if (['script', 'style', 'br', 'b', 'i', 'em', 'strong', 'path'].includes(el.localName)) continue;
    const up = el.parentElement, top = up && up.parentElement;
    found.add(number([top, up, el].map((one) => (one ? name(one) : '')).join('>')));
  }
  return [...found].sort((a, b) => a - b);
}
