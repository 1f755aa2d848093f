// How wide the content is at the present window width, once so many frames are drawn, and which elements stick out to the right
// (the outermost, at most 8). `layout_width`: what a phone of this width lays the page out at: its own width where the page
// asks for that (meta viewport, CSS Viewport Module), else what the page says, else the 980 pixels of an old desk.
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
  const said = new Map();
  for (const meta of document.querySelectorAll('meta[name="viewport" i]')) {
    for (const part of (meta.content || '').split(/[,;\s]+(?=[a-z-]+\s*=)/i)) {
      const [key, value] = part.split('=').map((word) => word.trim().toLowerCase());
      if (key && value) said.set(key, value.replace(/[,;].*$/, ''));
    }
  }
  const asked = said.get('width') || (said.has('initial-scale') ? 'device-width' : '');
  const layout = asked === 'device-width' ? width : parseFloat(asked) || 980;
  return { content_width: content, sticking_out: out.map(name), layout_width: Math.round(layout) };
}
