// Where to press element `index` of a survey, as a person would: [x, y] in CSS pixels of the window.
// null when something covers it, it moves, or it cannot be pressed: then the slower, patient way is taken.
// A press that falls elsewhere, for the page moved under it, says so on the console: `mark`, then 'control' when it fell on
// another one, 'nothing' when beside all. Nobody has to ask the page, which may be on its way to another one.
(seen, [index, mark]) => {
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
  addEventListener('mousedown', (event) => {
    const path = event.composedPath();
    const pressable = 'a[href], button, input, select, textarea, summary, label, [role=button], [role=link], [onclick]';
    if (path.includes(element)) return;
    console.debug(mark + (path.some((one) => one.matches && one.matches(pressable)) ? 'control' : 'nothing'));
  }, { capture: true, once: true });
  return point;
}
