// What a screen reader's user gets of the page, and what the eye sees instead. Plain data, bounded in number.
(() => {
  const MOST = 20000, squeeze = (text) => (text || '').replace(/\s+/g, ' ').trim();
  const deadline = performance.now() + 8000;
  const everything = [];
  (function gather(root) {
    for (const el of root.querySelectorAll('*')) {
      if (everything.length >= MOST) return;
      everything.push(el);
      if (el.shadowRoot) gather(el.shadowRoot);
    }
  })(document);
  const styles = new Map();
  const style = (el) => { let s = styles.get(el); if (!s) { s = getComputedStyle(el); styles.set(el, s); } return s; };
  const told = (el) => !el.closest('[aria-hidden=true],[hidden],[inert],template') && (!el.checkVisibility || el.checkVisibility({ visibilityProperty: true }));
  const seen = (el) => {
    if (el.checkVisibility && !el.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
    const box = el.getBoundingClientRect();
    if (box.width <= 2 || box.height <= 2 || box.right < 0 || box.bottom + scrollY < 0) return false;
    const s = style(el);
    return !(s.clipPath !== 'none' && /inset\((50|100)%/.test(s.clipPath)) && !(s.clip !== 'auto' && /rect\((0px|1px)/.test(s.clip));
  };
  const selector = (el) => {
    const parts = [];
    for (let at = el; at && at.nodeType === 1 && parts.length < 6; at = at.parentElement) {
      if (at.id && /^[A-Za-z][\w-]*$/.test(at.id) && at.getRootNode().querySelectorAll(`#${at.id}`).length === 1) { parts.unshift(`#${at.id}`); break; }
      const tag = at.localName, family = at.parentElement;
      let place = 1, more = false;
      for (let o = at.previousElementSibling; o; o = o.previousElementSibling) if (o.localName === tag) place += 1;
      for (let o = at.nextElementSibling; family && o && place === 1 && !more; o = o.nextElementSibling) more = o.localName === tag;
      parts.unshift(place > 1 || more ? `${tag}:nth-of-type(${place})` : tag);
      if (tag === 'body') break;
    }
    return parts.join(' > ');
  };
  const element = (el, why = '') => {
    const open = el.cloneNode(false);
    for (const name of ['value', 'nonce']) open.removeAttribute(name);
    return { selector: selector(el), markup: open.outerHTML.replace(/<\/[^>]*>$/, '').slice(0, 200), why };
  };
  const landmarkOf = (el) => {
    const place = el.closest('dialog,[role=dialog],nav,[role=navigation],aside,[role=complementary],footer,[role=contentinfo],header,[role=banner],main,[role=main],article,section');
    if (!place) return '';
    const name = place.getAttribute('role') || place.localName;
    const known = { navigation: 'nav', complementary: 'aside', contentinfo: 'footer', banner: 'header', article: '', section: '' };
    if (['article', 'section'].includes(place.localName) && place.parentElement) return landmarkOf(place.parentElement);
    if (['header', 'footer'].includes(name) && place.parentElement && place.parentElement.closest('main,article,section,[role=main]')) return landmarkOf(place.parentElement);
    return name in known ? known[name] : name;
  };
  // The accessible name as far as it comes from text, labels and pictures; styles that hide a part are honoured.
  const words = (el, depth = 0) => {
    if (depth > 12) return '';
    let said = '';
    for (const node of el.childNodes) {
      if (node.nodeType === 3) said += node.data;
      else if (node.nodeType === 1 && !node.matches('script,style,template,noscript')) {
        if (node.getAttribute('aria-hidden') === 'true' || !told(node)) continue;
        const own = squeeze(node.getAttribute('aria-label')) || (node.matches('img,area,[role=img]') ? node.getAttribute('alt') || '' : '')
          || (node.localName === 'svg' ? squeeze((node.querySelector('title') || {}).textContent) : '');
        const inner = own || (node.matches('img,input,select,textarea,svg') ? '' : words(node, depth + 1));
        said += /^inline/.test(style(node).display) ? inner : ` ${inner} `;
      }
    }
    return said;
  };
  const byIds = (el, name) => squeeze((el.getAttribute(name) || '').split(/\s+/).filter(Boolean).map((id) => { const t = el.getRootNode().getElementById ? el.getRootNode().getElementById(id) : null; return t ? (t.getAttribute('aria-label') || t.textContent) : ''; }).join(' '));
  const nameOf = (el) => byIds(el, 'aria-labelledby') || squeeze(el.getAttribute('aria-label')) || squeeze(words(el)) || squeeze(el.getAttribute('title'));
  const late = () => performance.now() > deadline;
  const count = (text) => (text.match(/[\p{L}\p{N}]+/gu) || []).length;
  const text = (el) => squeeze(el.innerText || '');

  // The size in which most of the text is set.
  const sizes = new Map();
  for (const el of everything) {
    let length = 0;
    for (const node of el.childNodes) if (node.nodeType === 3) length += node.data.trim().length;
    if (length > 20 && seen(el)) { const size = parseFloat(style(el).fontSize); sizes.set(size, (sizes.get(size) || 0) + length); }
  }
  const body = sizes.size ? [...sizes].sort((a, b) => b[1] - a[1])[0][0] : 16;
  const weight = (el) => Number(style(el).fontWeight) || 400;

  const headings = everything.filter((el) => (/^h[1-6]$/.test(el.localName) && !['presentation', 'none'].includes(el.getAttribute('role'))) || el.getAttribute('role') === 'heading').filter(told).slice(0, 200)
    .map((el) => ({ level: Number(el.getAttribute('aria-level')) || Number(el.localName[1]) || 2, text: nameOf(el).slice(0, 200), landmark: landmarkOf(el), element: element(el) }));

  // Short, strong text in a block of its own, with text below it.
  const isBlock = (el) => /^(block|flex|grid|list-item|flow-root)$/.test(style(el).display);
  const NOT_HEADING = 'h1,h2,h3,h4,h5,h6,[role=heading],a,button,[role=button],[role=tab],[role=link],label,legend,th,td,dt,dd,caption,summary,figcaption,nav,header,footer,li,blockquote,[role=alert],[role=status],[aria-live],[role=navigation],[role=banner],[role=contentinfo],[role=tablist],[role=dialog],dialog,[role=img],svg,select,option,[aria-hidden=true],details,output,pre,code,address,time';
  const strongest = (el) => {
    // The style of all the text in the block; null when it is set in more than one way.
    let found = null;
    const walk = document.createTreeWalker(el, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      if (!node.data.trim()) continue;
      const at = node.parentElement, one = { size: parseFloat(style(at).fontSize), weight: weight(at) };
      if (found && (found.size !== one.size || found.weight !== one.weight)) return null;
      found = one;
    }
    return found;
  };
  const followed = (el) => {
    for (let at = el; at && at !== document.body && !at.matches('main,section,article,td,li'); at = at.parentElement) {
      const next = at.nextElementSibling;
      if (!next) { if (at.parentElement && at.parentElement.children.length === 1) continue; return false; }
      if (!seen(next) || /^h[1-6]$/.test(next.localName)) return false;
      const said = text(next), look = strongest(next);
      if (look && said.length < 400 && (look.size > parseFloat(style(el).fontSize) * 1.05)) return false;
      return next.matches('ul,ol,dl,table,form') || (said.length >= 40 && next.getBoundingClientRect().top >= el.getBoundingClientRect().bottom - 2);
    }
    return false;
  };
  const drawn_headings = [];
  for (const el of everything) {
    if (drawn_headings.length >= 20 || late()) break;
    if (!el.matches('p,div,span,b,strong,font,center') || !isBlock(el) || el.closest(NOT_HEADING)) continue;
    if (el.childElementCount > 3 || Array.from(el.children).some(isBlock)) continue;
    if (el.querySelector('a,button,input,select,textarea,h1,h2,h3,h4,h5,h6,img,svg,br')) continue;
    const said = squeeze(el.textContent);
    if (said.length < 3 || said.length > 80 || /[.!?;,…]$/.test(said) || (said.match(/\p{L}/gu) || []).length < said.length / 2) continue;
    if (!seen(el)) continue;
    const look = strongest(el);
    if (!look) continue;
    const larger = look.size / body, bold = look.weight >= 600;
    if (!(bold || larger >= 1.5) || larger < 0.99 || el.getBoundingClientRect().height > look.size * 2.4 + parseFloat(style(el).paddingTop) + parseFloat(style(el).paddingBottom)) continue;
    if (!followed(el)) continue;
    const before = el.previousElementSibling, below_heading = Boolean(before && /^h[1-6]$/.test(before.localName));  // perhaps a subtitle
    drawn_headings.push({ text: said, below_heading, larger: Math.round(larger * 100) / 100, bold, element: element(el) });
  }

  // Lines that begin with a bullet or a number of a row.
  const BULLET = /^\s*([-–—•*+·●○▪■✓✔➢►»])\s*(?=[\p{L}“"(])/u, NUMBER = /^\s*(\d{1,2}|[a-h])[.)]\s+\S/;
  const ranks = (line) => { const found = NUMBER.exec(line); return found ? (/\d/.test(found[1]) ? Number(found[1]) : found[1].charCodeAt(0) - 96) : 0; };
  const runs = (lines) => {  // [marker, from, number of lines] of the longest row of at least three
    let best = null;
    for (let from = 0; from < lines.length; from += 1) {
      const bullet = BULLET.exec(lines[from]), number = ranks(lines[from]);
      if (!bullet && number !== 1) continue;
      let to = from + 1;
      while (to < lines.length && (bullet ? (BULLET.exec(lines[to]) || [])[1] === bullet[1] : ranks(lines[to]) === number + to - from)) to += 1;
      if (to - from >= 3 && (!best || to - from > best[2])) best = [bullet ? bullet[1] : '1', from, to - from];
    }
    return best;
  };
  const NO_LIST = 'ul,ol,dl,[role=list],[role=listbox],[role=menu],pre,code,textarea,select,script,style,svg,[role=log],[role=feed],[aria-hidden=true]';
  const drawn_lists = [];
  for (const el of everything) {
    if (drawn_lists.length >= 10 || late()) break;
    if (el.closest(NO_LIST) || !seen(el)) continue;
    let lines = null;
    if (el.querySelectorAll(':scope > br').length >= 2) lines = (el.innerText || '').split('\n').filter((line) => line.trim());
    else {
      const paragraphs = Array.from(el.children).filter((c) => c.matches('p,div,span') && isBlock(c) && seen(c) && !c.querySelector('p,div,table,ul,ol,h1,h2,h3,h4,h5,h6,input'));
      if (paragraphs.length >= 3) lines = paragraphs.map(text);
    }
    const found = lines && runs(lines);
    if (found) drawn_lists.push({ marker: found[0], lines: found[2], words: lines.slice(found[1], found[1] + found[2]).reduce((sum, line) => sum + count(line), 0) / found[2], element: element(el) });
  }

  const painted = (el) => { const colour = style(el).backgroundColor; return colour === 'rgba(0, 0, 0, 0)' ? '' : colour; };
  const tables = everything.filter((el) => el.localName === 'table' && told(el) && seen(el)).slice(0, 40).map((el) => {
    const rows = Array.from(el.rows).filter((row) => row.closest('table') === el), cells = rows.flatMap((row) => Array.from(row.cells)).slice(0, 600);
    const columns = rows.length ? Math.max(...rows.map((row) => row.cells.length)) : 0;
    const filled = cells.filter((cell) => cell.innerText.trim());
    const strong = (some) => some.length > 1 && some.every((cell) => { const look = strongest(cell); return look && look.weight >= 600; });
    const other = (some, rest) => some.length > 1 && rest.length && some.every((cell) => (painted(cell) || painted(cell.parentElement))) && !rest.some((cell) => (painted(cell) || painted(cell.parentElement)) === (painted(some[0]) || painted(some[0].parentElement)));
    const top = rows[0] ? Array.from(rows[0].cells) : [], side = rows.map((row) => row.cells[0]).filter(Boolean);
    const inner = cells.filter((cell) => !top.includes(cell)), right = cells.filter((cell) => !side.includes(cell));
    const marked = (strong(top) && !strong(inner)) || (strong(side) && !strong(right)) || other(top, inner);
    return {
      rows: rows.length, columns, headers: cells.filter((cell) => cell.localName === 'th' || ['columnheader', 'rowheader'].includes(cell.getAttribute('role'))).length,
      caption: Boolean(el.caption && squeeze(el.caption.textContent)), presentation: ['presentation', 'none'].includes(el.getAttribute('role')),
      blocks: el.querySelectorAll('table,h1,h2,h3,h4,h5,h6,form,nav,main,section,article,fieldset,iframe').length + cells.filter((cell) => cell.querySelectorAll('p,div').length > 4).length,
      marked: Boolean(marked), ruled: filled.length > 0 && filled.every((cell) => parseFloat(style(cell).borderBottomWidth) > 0 || parseFloat(style(cell.parentElement).borderBottomWidth) > 0 || parseFloat(style(cell).borderTopWidth) > 0),
      words: filled.length ? filled.reduce((sum, cell) => sum + count(cell.innerText), 0) / filled.length : 0, element: element(el),
    };
  });

  const contextOf = (el, name) => {
    // The nearest enclosing item that says more than the link itself, then the heading before it.
    for (let at = el.parentElement; at && at !== document.body; at = at.parentElement) {
      if (!at.matches('li,tr,p,dd,dt,td,th,article,section,figure,fieldset,[role=row],[role=listitem],[role=group],[role=article],div')) continue;
      if (at.matches('nav,main,header,footer')) break;
      if (at.localName === 'div' && at.querySelectorAll('a[href]').length > 4) continue;
      if (at.matches('li,tr,[role=row]') || count(words(at)) > count(name)) {
        const said = squeeze(words(at)).replace(name, '').trim();
        const extra = at.matches('section,article,[role=group],fieldset') ? nameOf(at).slice(0, 100) : '';
        const columns = at.matches('td,th') && at.parentElement ? squeeze(words(at.parentElement)) : '';
        if (count(said) || count(columns)) return { said: `${said} ${columns} ${extra}`.slice(0, 300), around: count(said) };
      }
      if (at.matches('section,article')) break;
    }
    const described = byIds(el, 'aria-describedby');
    return { said: described || squeeze(el.getAttribute('title')).replace(name, '').trim(), around: 0 };
  };
  const links = [];
  for (const el of everything) {
    if (links.length >= 600 || late()) break;
    if (!el.matches('a[href],area[href]') || !told(el)) continue;
    const href = el.getAttribute('href') || '';
    if (/^\s*(javascript:|#\s*$)/i.test(href)) continue;
    const name = nameOf(el).slice(0, 200);
    let heading = '';
    for (let at = el; at && !heading; at = at.parentElement && !at.matches('section,article,main,li') ? at.parentElement : null) {
      for (let prev = at.previousElementSibling, steps = 0; prev && !heading && steps < 12; prev = prev.previousElementSibling, steps += 1) if (/^h[1-6]$/.test(prev.localName)) heading = squeeze(prev.textContent);
    }
    const { said, around } = contextOf(el, name);
    links.push({ name, address: String(el.href), context: squeeze(`${said} ${heading}`).slice(0, 400), around: heading ? 0 : around, landmark: landmarkOf(el), download: el.hasAttribute('download'), element: element(el) });
  }

  // Colours by what is really painted: any notation, and seen through.
  const brush = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const known = new Map();
  const paint = (colour, under = [255, 255, 255]) => {
    const key = `${colour}|${under}`;
    if (!known.has(key)) {
      if (!brush) return null;
      brush.fillStyle = `rgb(${under.join(',')})`; brush.fillRect(0, 0, 1, 1);
      brush.fillStyle = colour; brush.fillRect(0, 0, 1, 1);
      known.set(key, Array.from(brush.getImageData(0, 0, 1, 1).data).slice(0, 3));
    }
    return known.get(key);
  };
  const light = (rgb) => { const [r, g, b] = rgb.map((v) => { const c = v / 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const contrast = (one, other) => { const a = light(paint(one)), b = light(paint(other)); return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05); };
  const blockOf = (el) => { let at = el.parentElement; while (at && /^inline/.test(style(at).display) && at !== document.body) at = at.parentElement; return at; };
  // A line under the words that is drawn beside them, and is there without a pointer.
  const ruled = (drawn) => drawn.content === '""' && drawn.display !== 'none' && Number(drawn.opacity) > 0 && parseFloat(drawn.width) > 4 && !/^matrix\(0,/.test(drawn.transform)
    && ((parseFloat(drawn.height) > 0 && drawn.backgroundColor !== 'rgba(0, 0, 0, 0)') || ['Top', 'Bottom'].some((side) => parseFloat(drawn[`border${side}Width`]) > 0));
  const marked = (el, block) => {
    for (let at = el; at && at !== block; at = at.parentElement) {
      const s = style(at), base = style(block);
      if (s.textDecorationLine !== 'none' || s.fontStyle !== base.fontStyle || Math.abs(weight(at) - weight(block)) >= 200) return true;
      if (Math.abs(parseFloat(s.fontSize) / parseFloat(base.fontSize) - 1) >= 0.2 || s.textTransform !== base.textTransform) return true;
      if (['Top', 'Right', 'Bottom', 'Left'].some((side) => parseFloat(s[`border${side}Width`]) > 0 && !['none', 'hidden'].includes(s[`border${side}Style`])) || s.boxShadow !== 'none') return true;
      if ((painted(at) && painted(at) !== painted(block)) || s.backgroundImage !== 'none' || (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0)) return true;
      if (['::before', '::after'].some((part) => { const drawn = getComputedStyle(at, part); return drawn.content && !['none', 'normal', '""'].includes(drawn.content) || ruled(drawn); })) return true;
    }
    return Array.from(el.querySelectorAll('*')).some((inner) => inner.matches('img,svg,i') || style(inner).textDecorationLine !== 'none' || Math.abs(weight(inner) - weight(block)) >= 200 || parseFloat(style(inner).borderBottomWidth) > 0);
  };
  const plain_links = [];
  for (const el of everything) {
    if (plain_links.length >= 40 || late()) break;
    if (!el.matches('a[href]') || !/^inline$/.test(style(el).display) || !seen(el) || el.closest('nav,[role=navigation],[class*=breadcrumb],[role=menu]')) continue;
    const block = blockOf(el);
    if (!block || style(block).textDecorationLine !== 'none') continue;
    let around = null, length = 0;
    const walk = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const at = node.parentElement;
      if (!node.data.trim() || !at || at.closest('a,button,script,style') || blockOf(node.parentElement === block ? el : at) !== block || (at !== block && !/^inline/.test(style(at).display))) continue;
      length += count(node.data); around = around || at;
    }
    // Set off by a separator, it stands in a row of links or in a trail, not in a sentence.
    const [before, after] = ['previousSibling', 'nextSibling'].map((side) => {
      let at = el;
      while (at && !at[side] && at.parentElement !== block) at = at.parentElement;
      let next = at && at[side];
      while (next && next.localName !== 'br' && !squeeze(next.textContent)) next = next[side];
      return next && next.localName !== 'br' ? squeeze(next.textContent) : '';
    });
    if (!before && !after) continue;  // on a line of its own
    if (/[»›>/|·•→:–—\-]$/.test(before) || /^[»›>/|·•→–—\-]/.test(after)) continue;
    if (!around || length < 4 || !text(el) || marked(el, block)) continue;
    const inner = el.querySelector('*') && !Array.from(el.childNodes).some((n) => n.nodeType === 3 && n.data.trim()) ? el.querySelector('*') : el;
    const ratio = brush ? contrast(style(inner).color, style(around).color) : 0;
    plain_links.push({ text: text(el).slice(0, 100), contrast: Math.round(ratio * 100) / 100, element: element(el) });
  }
  const SAYS = /(bắt buộc|phải (nhập|điền)|lỗi|trễ hạn|quá hạn|đúng hạn|required|mandatory)/i;
  const HUE = /(?:màu|nền|chữ)\s+(?:màu\s+)?(đỏ|xanh|vàng|cam|tím|hồng)|\b(?:in|marked|shown) (?:in )?(red|green|yellow|orange)\b/i;
  const colour_words = [];
  for (const el of everything) {
    if (colour_words.length >= 5) break;
    if (!el.matches('p,li,legend,label,small,div,span,td') || el.querySelector('p,li,div,td') || !seen(el)) continue;
    const said = text(el);
    if (said.length > 300 || !SAYS.test(said) || !HUE.test(said) || /[*]|dấu sao|hoa thị|biểu tượng|ký hiệu/i.test(said)) continue;
    if (!colour_words.some((one) => said === one.why)) colour_words.push(element(el, said));
  }

  // Neighbours whose places on the screen are against their order in the code.
  const displaced = [];
  const main = document.querySelector('main,[role=main]') || document.body;
  const rtl = style(document.documentElement).direction === 'rtl';
  for (const el of everything) {
    if (displaced.length >= 10 || late() || !main || rtl) break;
    if (!main.contains(el) || el.closest('[aria-hidden=true],svg,[role=tablist],[role=slider],select')) continue;
    const s = style(el), laid = /flex|grid/.test(s.display);
    const children = Array.from(el.children).filter((c) => seen(c) && told(c) && !['fixed', 'sticky'].includes(style(c).position) && count(text(c)));
    if (children.length < 2 || !(laid || children.some((c) => style(c).position === 'absolute'))) continue;
    for (let at = 0; at + 1 < children.length; at += 1) {
      const [a, b] = [children[at], children[at + 1]], [p, q] = [a.getBoundingClientRect(), b.getBoundingClientRect()];
      const absolute = [a, b].some((c) => style(c).position === 'absolute');
      if (!laid && !absolute) continue;
      if ([a, b].some((c) => count(text(c)) < 3 || c.matches('a,button,input,select,label,[role=button]') || !squeeze(words(c)).replace(/\s/g, ''))) continue;
      const only = (c) => Array.from(c.querySelectorAll('a,button')).reduce((sum, act) => sum + count(text(act)), 0) >= count(text(c));
      if (only(a) && only(b)) continue;  // what is reached with the keyboard is judged by its focus order
      const beside = Math.min(p.right, q.right) - Math.max(p.left, q.left), level = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
      const above = q.bottom <= p.top + 1 && beside > 0.3 * Math.min(p.width, q.width);
      const left = q.right <= p.left + 1 && level > 0.5 * Math.min(p.height, q.height);
      if (!above && !left) continue;
      const by = absolute ? 'position: absolute' : /reverse/.test(s.flexDirection + s.flexWrap) ? `flex-direction: ${s.flexDirection}` : style(a).order !== style(b).order ? 'order' : 'grid';
      displaced.push({ first: text(a).slice(0, 80), second: text(b).slice(0, 80), way: above ? 'above' : 'left', by, element: element(el) });
      break;
    }
  }

  // Fields.
  const FORMAT = /(ví dụ|vd[:.]|định dạng|\b(dd|d|ngày)\s*[/\-]\s*(mm|m|tháng)|tối đa|tối thiểu|ít nhất|không quá|gồm \d+|\d+ (chữ số|ký tự|số)|\.(pdf|docx?|jpe?g|png)\b|\d+ ?(MB|KB)\b|e\.g\.|for example|format|at (least|most) \d)/i;
  const REQUIRED = /\(\s*(bắt buộc|\*|required)\s*\)|bắt buộc|\brequired\b/i;
  const pseudo = (el) => ['::before', '::after'].map((part) => getComputedStyle(el, part).content || '').join(' ');
  const isField = (el) => el.matches('input:not([type=hidden],[type=submit],[type=button],[type=reset],[type=image]),select,textarea,[role=textbox],[role=combobox],[contenteditable=true]') && !el.matches('[disabled]');
  const all = everything.filter((el) => isField(el) && told(el) && (seen(el) || (el.labels && Array.from(el.labels).some(seen)))).slice(0, 150);
  const besideOf = (el) => {
    // Text where an eye looks for a label: before the field in its own small block, or the cell before it.
    let at = el;
    for (let up = 0; up < 3 && at && !at.matches('body,main,form,section,fieldset,td,li,tr'); up += 1, at = at.parentElement) {
      if (at !== el && at.querySelectorAll('input,select,textarea').length > 1) break;
      for (let prev = at.previousSibling; prev; prev = prev.previousSibling) {
        if (prev.nodeType === 1 && (isField(prev) || (prev.querySelector && prev.querySelector('input,select,textarea')))) return '';
        if (prev.nodeType === 1 && prev.matches('h1,h2,h3,h4,h5,h6,script,style')) return '';
        const said = squeeze(prev.nodeType === 3 ? prev.data : prev.nodeType === 1 && seen(prev) ? prev.textContent : '');
        if (said) return said.slice(0, 120);
      }
    }
    const cell = el.closest('td'), earlier = cell && cell.previousElementSibling;
    return earlier && seen(earlier) && !earlier.querySelector('input,select,textarea') ? squeeze(earlier.textContent).slice(0, 120) : '';
  };
  const hintOf = (el, tied) => {
    const wrapper = el.parentElement;
    if (!wrapper || wrapper.querySelectorAll('input,select,textarea').length > 1) {
      const next = el.nextElementSibling;
      const said = next && next.matches('small,span,p,div,em,i') && !next.querySelector('input,select,textarea,button') && seen(next) ? squeeze(next.textContent) : '';
      return said && FORMAT.test(said) && !tied.includes(said) ? said.slice(0, 160) : '';
    }
    const scope = wrapper.matches('form,main,body') ? [el.nextElementSibling].filter(Boolean)
      : [...wrapper.children, wrapper.nextElementSibling && wrapper.nextElementSibling.matches('small,p,span') ? wrapper.nextElementSibling : null].filter(Boolean);
    for (const one of scope) {
      if (one === el || one.matches('label,legend,button,script,h1,h2,h3,h4') || one.querySelector('input,select,textarea,button,label') || !seen(one)) continue;
      const said = squeeze(one.textContent);
      if (said && said.length < 250 && FORMAT.test(said) && !tied.includes(said)) return said.slice(0, 160);
    }
    return '';
  };
  const fields = all.map((el) => {
    const labels = el.labels ? Array.from(el.labels) : [];
    const native = squeeze(labels.map((label) => words(label)).join(' '));
    const name = byIds(el, 'aria-labelledby') || squeeze(el.getAttribute('aria-label')) || native || squeeze(el.getAttribute('title')) || (el.matches('[role=combobox]:not(input,select)') ? squeeze(words(el)) : '');
    const group = el.closest('fieldset,[role=group],[role=radiogroup]');
    const legend = group ? squeeze((group.querySelector('legend') || {}).textContent) || nameOf(group).slice(0, 80) && byIds(group, 'aria-labelledby') : '';
    const described = `${byIds(el, 'aria-describedby')} ${squeeze(el.getAttribute('aria-description'))} ${group ? byIds(group, 'aria-describedby') : ''}`.trim();
    const beside = besideOf(el), shown = squeeze(labels.map((label) => label.textContent + pseudo(label) + Array.from(label.querySelectorAll('*')).map(pseudo).join('')).join(' ')) || beside;
    const after = el.nextElementSibling && el.nextElementSibling.matches('span,em,b,i,sup,abbr') ? squeeze(el.nextElementSibling.textContent) : '';
    const mark = /[*＊∗]\s*(\)|"|$|none|normal|:)|^\s*[*＊]|^"?\*/.test(shown) || /^\(?\*\)?$/.test(after) || /"\s*\*\s*"/.test(shown) ? '*' : REQUIRED.test(shown) || REQUIRED.test(after) ? 'words' : '';
    const radio = ['radio', 'checkbox'].includes(el.type);
    const tied = `${name} ${native} ${described} ${legend}`;
    const asterisk = /[*＊]/.test(name);
    return {
      kind: el.type || el.getAttribute('role') || el.localName, name: name.slice(0, 200), placeholder: squeeze(el.getAttribute('placeholder') || el.getAttribute('aria-placeholder')).slice(0, 120), beside,
      described: described.slice(0, 300), hint: radio ? '' : hintOf(el, tied), mark: radio ? '' : mark + (mark === '*' && asterisk ? ' in name' : ''),
      told_required: Boolean(el.required || el.getAttribute('aria-required') === 'true' || REQUIRED.test(`${name} ${described}`)),
      search: Boolean(el.type === 'search' || el.closest('[role=search],search') || /^(q|s|query|search|keyword|tukhoa|tu-khoa)$/i.test(el.name || '') || /tìm|search/i.test(`${el.getAttribute('placeholder') || ''} ${name}`)),
      autocomplete: el.getAttribute('autocomplete') || '', element: element(el),
    };
  });

  // Controls whose name is given apart from the words on them.
  const misnamed = [];
  const letters = (said) => ` ${(said.normalize('NFC').toLowerCase().match(/[\p{L}\p{N}]+/gu) || []).join(' ')} `;
  const onIt = (el) => {
    let said = '';
    const walk = document.createTreeWalker(el, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const at = node.parentElement;
      if (node.data.trim() && !at.closest('i,svg,script,style,sup,[aria-hidden=true],[class*=icon i],[class*=symbols i]') && seen(at)) said += ` ${node.data}`;
    }
    return squeeze(said);
  };
  for (const el of everything) {
    if (misnamed.length >= 20 || late()) break;
    if (!(el.hasAttribute('aria-label') || el.hasAttribute('aria-labelledby')) || !told(el) || !seen(el)) continue;
    if (!el.matches('a[href],button,summary,input,select,textarea,[role=button],[role=link],[role=tab],[role=menuitem],[role=switch],[role=checkbox]')) continue;
    const name = byIds(el, 'aria-labelledby') || squeeze(el.getAttribute('aria-label'));
    const press = el.matches('input[type=submit],input[type=button],input[type=reset]');
    const shown = press ? squeeze(el.value) : el.labels ? squeeze(Array.from(el.labels).map(onIt).join(' ')) || (el.localName === 'button' ? onIt(el) : '') : onIt(el);
    if (!name || !/\p{L}{2}/u.test(shown) || letters(name).includes(letters(shown))) continue;
    misnamed.push({ shown: shown.slice(0, 200), name: name.slice(0, 200), element: element(el) });
  }

  const passages = [];
  for (const el of everything) {
    if (passages.length >= 200 || late()) break;
    if (!el.matches('p,li,td,dd,blockquote,div,span,a,h1,h2,h3,h4') || !told(el) || el.closest('pre,code,address,script,style')) continue;
    if (Array.from(el.children).some((c) => !/^inline/.test(style(c).display) && style(c).display !== 'none')) continue;
    if (el.parentElement && /^inline/.test(style(el).display) && passages.length && !el.hasAttribute('lang')) continue;
    const said = squeeze(el.innerText);
    if (count(said) < 12) continue;
    const declared = el.closest('[lang]');
    passages.push({ text: said.slice(0, 600), language: declared ? declared.getAttribute('lang') || '' : '', element: element(el) });
  }

  const whole = document.body ? document.body.innerText || '' : '';
  return {
    address: String(location.href), title: document.title, language: document.documentElement.getAttribute('lang') || '', headings, drawn_headings, drawn_lists, tables, links, plain_links, colour_words,
    displaced, fields, misnamed, passages, asterisk_explained: /[*＊][^\n]{0,40}(bắt buộc|required|phải (nhập|điền))|(bắt buộc|required|phải (nhập|điền))[^\n]{0,40}[*＊]/i.test(whole),
    search: fields.some((field) => field.search), menu_links: everything.filter((el) => el.matches('nav a[href],header a[href],[role=navigation] a[href],[role=banner] a[href],[role=menubar] a')).length, cut: everything.length >= MOST || late(),
  };
})()
