// Where to press element `index` of a survey, as a person would: [x, y] in CSS pixels of the window.
// null when something covers it, it moves, or it cannot be pressed: then the slower, patient way is taken.
// From then on `seen.fell` tells where the press fell: '' on the element, 'control' on another one, 'nothing' beside all;
// it stays unsaid while no press has been felt.
(seen, index) => {
  const element = seen.elements[index];
  if (!element.isConnected || element.disabled || document.getAnimations().some((a) => a.playState === 'running')) return null;
  const middle = () => {
    const box = Array.from(element.getClientRects()).find((rect) => rect.width > 1 && rect.height > 1);
    return box ? [box.x + box.width / 2, box.y + box.height / 2] : null;
  };
  const inside = ([x, y]) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight;
  let point = middle();
  if (!point) return null;
  if (!inside(point)) { element.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' }); point = middle(); }
  if (!point || !inside(point)) return null;
  let hit = document.elementFromPoint(...point);
  while (hit && hit !== element && hit.shadowRoot) {
    const deeper = hit.shadowRoot.elementFromPoint(...point);
    if (!deeper || deeper === hit) break;
    hit = deeper;
  }
  let node = hit;
  while (node && node !== element) node = node.parentNode || node.host;
  if (!node) return null;
  delete seen.fell;
  addEventListener('mousedown', (event) => {
    const path = event.composedPath();
    const pressable = 'a[href], button, input, select, textarea, summary, label, [role=button], [role=link], [onclick]';
    seen.fell = path.includes(element) ? '' : path.some((one) => one.matches && one.matches(pressable)) ? 'control' : 'nothing';
  }, { capture: true, once: true });
  return point;
}
