// The measuring tag of one frame, in whatever form it was written: markers, inline script, script element. `pushed` is
// what waits in its queue, as pairs of texts.
(pushed) => {
  const squeeze = (text) => (text || '').replace(/\s+/g, ' ').trim();
  const all = (pattern, text) => Array.from(text.matchAll(pattern), (found) => found[1]);
  const walker = document.createTreeWalker(document, NodeFilter.SHOW_COMMENT);
  let marker = false;
  while (walker.nextNode()) if (/begin\s+(emc|gov)\s+tracking\s+code/i.test(walker.currentNode.data)) marker = true;
  const runs = (el) => !el.type || /javascript|module/i.test(el.type);
  const scripts = Array.from(document.scripts).filter(runs);
  const inline = scripts.filter((el) => !el.src && /_govaq/.test(el.textContent)).map((el) => el.textContent);
  const tells = (el) => /gov-tracking|_govaq/i.test(`${el.src || ''} ${el.getAttribute('data-src') || ''} ${el.textContent}`);
  const withheld = Array.from(document.scripts).some((el) => (!runs(el) || el.hasAttribute('data-src')) && !el.src && tells(el));
  const waiting = (name) => pushed.filter((push) => push[0] === name).map((push) => push[1]);
  const source = inline.join('\n');
  const unique = (list) => Array.from(new Set(list));
  const visible = (el) => {
    if (el.checkVisibility && !el.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
    const box = el.getBoundingClientRect();
    return box.width > 0 && box.height > 0;
  };
  const plain = (text) => squeeze(text).normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/[đĐ]/g, 'd').toLowerCase();
  const says = (el) => plain(el.textContent).includes('da ket noi emc');
  const labels = Array.from(document.querySelectorAll('#btnEMC,#yhy-append')).filter((el) => says(el) || el.querySelector('img') || el.title)
    .concat(Array.from(document.querySelectorAll('a,p,span,div,li,button')).filter((el) => says(el) && !Array.from(el.children).some(says)));
  const shown = labels.find(visible);
  return {
    marker, withheld, inline: inline.length > 0, scripts: unique(scripts.filter((el) => /gov-tracking/i.test(el.src)).map((el) => el.src)),
    trackers: unique([...waiting('setTrackerUrl'), ...all(/setTrackerUrl['"]\s*,\s*['"]([^'"]+)['"]/g, source)]),
    site_ids: unique([...waiting('setSiteId'), ...all(/setSiteId['"]\s*,\s*['"]?(\d+)['"]?/g, source)]),
    label: squeeze((shown || labels[0] || { textContent: '' }).textContent).slice(0, 120), label_visible: Boolean(shown),
  };
}
