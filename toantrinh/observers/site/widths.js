// How wide the content is at the present window width, once so many frames are drawn, and which elements stick out to the right
// (the outermost, at most 8).
async (frames) => {
  await new Promise((done) => {
    const late = setTimeout(done, 300);
    let left = frames;
    requestAnimationFrame(function drawn() {
      left -= 1;
      if (left) return void requestAnimationFrame(drawn);
      clearTimeout(late);
      done();
    });
  });
  const scroller = document.scrollingElement || document.documentElement;
  const width = document.documentElement.clientWidth;
  const clips = (el) => ['hidden', 'clip'].includes(getComputedStyle(el).overflowX);
  const held = document.body && (clips(document.documentElement) || clips(document.body));
  const name = (el) => {
    const own = el.tagName.toLowerCase() + (el.id ? `#${el.id}` : typeof el.className === 'string' && el.className.trim() ? '.' + el.className.trim().split(/\s+/).slice(0, 2).join('.') : '');
    return el.parentElement && el.parentElement !== document.body && !el.id ? `${el.parentElement.tagName.toLowerCase()} > ${own}` : own;
  };
  const content = held ? width : scroller.scrollWidth;
  const out = [];
  if (content > width + 1) {
    for (const el of document.body.querySelectorAll('*')) {
      const box = el.getBoundingClientRect();
      if (box.width && box.right + scroller.scrollLeft > width + 1 && !out.some((other) => other.contains(el))) {
        const scrolled = (function inside(node) { return node && node !== document.body && (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(node).overflowX) || inside(node.parentElement)); })(el.parentElement);
        if (!scrolled) out.push(el);
      }
      if (out.length >= 8) break;
    }
  }
  return { content_width: content, sticking_out: out.map(name) };
}
