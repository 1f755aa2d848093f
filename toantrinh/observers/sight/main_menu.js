// The entries of the main menu, whether they can be seen now, and the buttons that may open it.
(boxes) => {
  const { style, upTo, inside, visible, walk, regionOf, lossOf, nameOf, said, frames } = boxes;
  const WORDS = /(^|[\s_-])(menu|danh mục|điều hướng|navigation|nav|hamburger|burger|drawer|toggler?|bars)([\s_-]|$)/i;
  const seen = (el) => {
    if (!visible(el)) return false;
    const box = el.getBoundingClientRect();
    return box.width > 3 && box.height > 3 && lossOf(box, regionOf(el)).share < 0.6;
  };
  const head = (el) => upTo(el, (at) => at.matches('header, nav, [role=banner], [role=navigation]'));
  const aside = (el) => upTo(el, (at) => at.matches('footer, main, article, [role=contentinfo], [role=main], dialog')
    || /breadcrumb|đường dẫn|phân trang|pagination/i.test(`${at.getAttribute('aria-label') || ''} ${typeof at.className === 'string' ? at.className : ''}`));
  // What a footer repeats is no menu; a bar that stays on the screen is, wherever it is written.
  const stays = (el) => /^(fixed|sticky)$/.test(style(el).position);
  const atTheEnd = (el) => {
    const place = upTo(el, (at) => stays(at) || at.matches('footer, [role=contentinfo]'));
    return !!place && !stays(place);
  };
  const same = (text) => text.toLowerCase().replace(/[\d\s]+/g, ' ').trim();
  const links = () => walk().elements.filter((el) => el.localName === 'a' && el.hasAttribute('href') && !/^#(?![/!])/.test(el.getAttribute('href')));
  let wanted = [], landmark = false;
  const entries = async () => {
    for (let tried = 0; tried < 6; tried += 1) { await frames(); if (find().length > 1 && landmark) break; }
    return find();
  };
  const inMenu = () => landmark;
  const find = () => {
    boxes.forget();
    gather(head);
    // Pages without landmarks: a box that calls itself menu.
    if (wanted.length < 2) gather((el) => upTo(el, (at) => /(^|[^a-z])(main|top)?(menu|nav)/i.test(`${at.id} ${typeof at.className === 'string' ? at.className : ''}`)));
    return wanted.map((one) => one.name);
  };
  const gather = (place) => {
    const found = new Map();
    for (const el of links()) {
      const name = nameOf(el);
      if (name && place(el) && !aside(el) && seen(el) && !el.querySelector('img') && !found.has(same(name))) found.set(same(name), { name, href: el.href, menu: !!upTo(el, (at) => at.matches('nav, [role=navigation]')) });
    }
    const menu = [...found.values()].filter((one) => one.menu);
    landmark = menu.length > 1;
    wanted = (menu.length > 1 ? menu : [...found.values()]).slice(0, 30);
  };
  const notAmong = (shown, all) => {
    const names = new Set(shown.map((el) => same(nameOf(el)))), addresses = new Set(shown.map((el) => el.href));
    return all.filter((one) => !names.has(same(one.name)) && !addresses.has(one.href));
  };
  const notSeen = () => {
    if (!wanted.length) return [];
    boxes.forget();
    return notAmong(links().filter((el) => seen(el) && !atTheEnd(el)), wanted);
  };
  const missing = () => notSeen().map((one) => one.name);
  const onlyAtTheEnd = () => {
    const gone = notSeen(), nowhere = new Set(gone.length ? notAmong(links().filter(seen), gone) : []);
    return gone.filter((one) => !nowhere.has(one)).map((one) => one.name);
  };
  let openers = [];
  const rank = (el) => {
    const words = `${nameOf(el)} ${el.id} ${typeof el.className === 'string' ? el.className.replace(/([a-z])([A-Z])/g, '$1 $2') : ''} ${el.getAttribute('aria-controls') || ''}`;
    return (WORDS.test(nameOf(el)) ? 4 : 0) + (WORDS.test(words.replace(/__|--/g, ' ')) ? 3 : 0) + (el.hasAttribute('aria-expanded') || el.localName === 'summary' ? 2 : 0) + (head(el) ? 1 : 0);
  };
  const buttons = () => {
    boxes.forget();
    const can = (el) => el.matches('button, summary, [role=button], a[href="#"], a[href^="javascript:"], a[role=button], label[for]')
      || (head(el) && el.matches('div, span, i, a:not([href]), svg, img') && style(el).cursor === 'pointer' && style(el.parentElement).cursor !== 'pointer');
    openers = walk().elements.filter((el) => can(el) && seen(el) && !aside(el) && el.getBoundingClientRect().top < innerHeight)
      .map((el) => [rank(el), el]).filter(([points]) => points >= 2).sort((a, b) => b[0] - a[0]).slice(0, 4).map(([, el]) => el);
    if (!openers.length) openers = walk().elements.filter((el) => head(el) && !aside(el) && can(el) && seen(el)).slice(0, 3);
    return openers.map((el) => {
      const box = el.getBoundingClientRect();
      return { ...said(el), x: box.left + box.width / 2, y: box.top + box.height / 2, native: el.matches('button, summary, a, label, [role=button]') };
    });
  };
  // Waits at most 800 ms for the entries to come.
  const opened = async () => {
    for (let tried = 0; tried < 16 && missing().length; tried += 1) await new Promise((done) => setTimeout(done, 50));
    await frames();
    return missing();
  };
  const menu = () => ({ entries: wanted.map((one) => one.name), hidden: missing(), at_the_end: onlyAtTheEnd(), landmark });
  return { entries, menu, buttons, opened, inMenu, find };
}
