// Reads the numbers that a page publishes: every table (or grid of roles) as rows of cells, and numbers that stand alone.
() => {
  const squeeze = (text) => (text || '').replace(/\s+/g, ' ').trim();
  const textOf = (el) => squeeze(el.innerText !== undefined ? el.innerText : el.textContent);
  const visible = (el) => { const box = el.getBoundingClientRect(); return box.width > 0 && box.height > 0; };
  const clip = (text) => text.slice(0, 160);

  const spread = (rows) => {
    const grid = [];
    rows.forEach((cells, r) => {
      grid[r] = grid[r] || [];
      let column = 0;
      for (const cell of cells) {
        while (grid[r][column] !== undefined) column += 1;
        const wide = Math.min(cell.colSpan || 1, 60), high = Math.min(cell.rowSpan || 1, 60);
        for (let down = 0; down < high && r + down < rows.length; down += 1) {
          grid[r + down] = grid[r + down] || [];
          for (let right = 0; right < wide; right += 1) grid[r + down][column + right] = clip(textOf(cell));
        }
        column += wide;
      }
    });
    return grid.map((row) => Array.from(row, (cell) => cell || ''));
  };
  const headingBefore = (el) => {
    const all = Array.from(document.querySelectorAll('h1,h2,h3,h4,h5,h6,[role=heading]'));
    const before = all.filter((h) => h.compareDocumentPosition(el) & Node.DOCUMENT_POSITION_FOLLOWING);
    return before.length ? textOf(before[before.length - 1]) : '';
  };
  const isHead = (cell) => cell.tagName === 'TH' || cell.getAttribute('role') === 'columnheader';

  const tables = [];
  for (const el of Array.from(document.querySelectorAll('table,[role=table],[role=grid]')).filter(visible).slice(0, 20)) {
    if (el.querySelector('table')) continue;
    const rows = (el.tagName === 'TABLE' ? Array.from(el.rows) : Array.from(el.querySelectorAll('[role=row]'))).slice(0, 300)
      .map((row) => (row.cells ? Array.from(row.cells) : Array.from(row.querySelectorAll('[role=cell],[role=gridcell],[role=columnheader],[role=rowheader]'))));
    let heads = 0;
    while (heads < rows.length - 1 && rows[heads].length && rows[heads].every(isHead)) heads += 1;
    if (!heads) heads = 1;
    const grid = spread(rows);
    if (grid.length <= heads) continue;
    const width = Math.max(...grid.map((row) => row.length));
    const named = Array.from({ length: width }, (_, column) => clip(Array.from(new Set(grid.slice(0, heads).map((row) => row[column] || '').filter(Boolean))).join(' ')));
    const caption = el.caption ? textOf(el.caption) : el.getAttribute('aria-label') || headingBefore(el);
    tables.push({ caption: clip(caption), heads: named, rows: grid.slice(heads).map((row) => Array.from({ length: width }, (_, c) => row[c] || '')) });
  }

  const NUMBER = /^\d{1,3}(?:[.,\s]\d{3})*$|^\d+$/;
  const tiles = [];
  for (const el of document.querySelectorAll('main *, [role=main] *, body *')) {
    if (tiles.length >= 60 || el.children.length || el.closest('table,[role=table],[role=grid],svg,select,nav,header,footer')) continue;
    const own = textOf(el);
    if (!NUMBER.test(own) || !visible(el)) continue;
    const words = squeeze(textOf(el.parentElement).replace(own, ' '));
    if (words && words.length <= 120) tiles.push({ number: Number(own.replace(/\D/g, '')), words: clip(words) });
  }
  return { tables, tiles: tiles.filter((tile, at) => tiles.findIndex((t) => t.words === tile.words) === at) };
}
