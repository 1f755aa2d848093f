// Goes through a calendar that has come into sight to one day and presses it, learning what its arrows do by pressing them.
// `act`: 'mark' remembers what is in sight before the click; 'pick' resolves with '' when the day was pressed, else with why not.
(input, [act, year, month, day, limit]) => {
  const squeeze = (text) => (text || '').replace(/\s+/g, ' ').trim();
  const key = Symbol.for('toantrinh.calendar');
  const state = window[key] || (window[key] = {});
  const shown = (el) => {
    if (el.checkVisibility && !el.checkVisibility({ visibilityProperty: true, opacityProperty: false })) return false;
    const box = el.getBoundingClientRect();
    return box.width > 1 && box.height > 1;
  };
  const all = () => {
    const found = [];
    (function gather(node) { for (const el of node.querySelectorAll('*')) { found.push(el); if (el.shadowRoot) gather(el.shadowRoot); } })(document);
    return found;
  };
  if (act === 'mark') { state.before = new WeakSet(all().filter(shown)); return ''; }

  const classOf = (el) => (typeof el.className === 'string' ? el.className : el.getAttribute('class') || '');
  const about = (el) => `${classOf(el)} ${el.getAttribute('aria-label') || ''} ${el.getAttribute('title') || ''} ${el.getAttribute('data-handler') || ''} ${el.getAttribute('rel') || ''}`;
  const pause = () => new Promise((resolve) => { setTimeout(resolve, 3); });
  const press = (el) => {
    for (const kind of ['pointerdown', 'mousedown', 'pointerup', 'mouseup']) el.dispatchEvent(new MouseEvent(kind, { bubbles: true, cancelable: true, view: window }));
    if (el.click) el.click(); else el.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, view: window }));
  };
  const isDay = (el) => /^\d{1,2}$/.test(squeeze(el.textContent)) && Number(el.textContent) >= 1 && Number(el.textContent) <= 31
    && !Array.from(el.children).some((child) => squeeze(child.textContent) === squeeze(el.textContent)) && !['OPTION', 'SELECT'].includes(el.tagName);
  const gridNow = () => {
    const every = all().filter((el) => isDay(el) && shown(el)), fresh = every.filter((el) => !(state.before && state.before.has(el)));
    const days = fresh.length >= 28 ? fresh : every;
    for (const one of days) {
      for (let node = one.parentElement, depth = 0; node && depth < 6; node = node.parentElement, depth += 1) {
        const within = days.filter((el) => node.contains(el));
        if (within.length >= 28) return { node, days: within.slice(0, 42) };
      }
    }
    return null;
  };
  const WORDS = ['một', 'hai', 'ba', 'tư|bốn', 'năm', 'sáu', 'bảy|bẩy', 'tám', 'chín', 'mười(?! một| hai)', 'mười một', 'mười hai'];
  const ENGLISH = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
  const outside = (panel, days) => {
    const parts = [];
    (function walk(node) {
      for (const child of node.childNodes) {
        if (child.nodeType === 3) parts.push(child.textContent);
        else if (child.nodeType === 1 && !['SELECT', 'SCRIPT', 'STYLE', 'TD'].includes(child.tagName) && !days.includes(child) && shown(child)) { parts.push(' '); walk(child); }
      }
    })(panel);
    return squeeze(parts.join(' ')).toLowerCase().normalize('NFC');
  };
  const monthOf = (text) => {
    let found = /(?:tháng|thg|th)\.?\s*(\d{1,2})(?!\d)/.exec(text);
    if (found) return Number(found[1]);
    for (let at = 11; at >= 0; at -= 1) if (new RegExp(`tháng (?:${WORDS[at]})(?![a-zà-ỹ])`).test(text)) return at + 1;
    found = new RegExp(`(?:^|[^a-z])(${ENGLISH.join('|')})[a-z]*`).exec(text);
    if (found) return ENGLISH.indexOf(found[1]) + 1;
    found = /(?:^|\D)(\d{1,2})\s*[/.-]\s*(?:19|20)\d\d/.exec(text) || /(?:19|20)\d\d\s*[/.-]\s*(\d{1,2})(?!\d)/.exec(text);
    return found ? Number(found[1]) : 0;
  };
  const readNow = () => {
    const grid = gridNow();
    if (!grid) return null;
    for (let panel = grid.node, depth = 0; panel && depth < 6 && panel !== document.body; panel = panel.parentElement, depth += 1) {
      const selects = Array.from(panel.querySelectorAll('select')).filter(shown);
      const monthList = selects.find((one) => one.options.length <= 12 && one.options.length > 1 && !/(19|20)\d\d/.test(one.textContent));
      const yearList = selects.find((one) => /(19|20)\d\d/.test(one.textContent));
      const yearBox = Array.from(panel.querySelectorAll('input')).find((one) => one !== input && shown(one) && /^(19|20)\d\d$/.test(one.value));
      const text = outside(panel, grid.days);
      const years = /(?:19|20)\d\d/.exec(text);
      const y = yearList ? Number(squeeze(yearList.selectedOptions[0].textContent)) : yearBox ? Number(yearBox.value) : years ? Number(years[0]) : 0;
      const m = monthList ? monthOf(squeeze(monthList.selectedOptions[0].textContent).toLowerCase()) || (/^\d+$/.test(squeeze(monthList.selectedOptions[0].textContent)) ? Number(squeeze(monthList.selectedOptions[0].textContent)) : monthList.selectedIndex + 1) : monthOf(text);
      if (y && m) return { panel, days: grid.days, y, m, monthList, yearList, yearBox };
    }
    return null;
  };
  const set = (field, value) => {
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value').set.call(field, value);
    for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, { bubbles: true }));
  };
  return (async () => {
    const until = performance.now() + limit;
    const ready = async (test, ms) => { const end = Math.min(until, performance.now() + ms); for (;;) { const got = test(); if (got || performance.now() > end) return got; await pause(); } };
    let now = await ready(readNow, 1500);
    if (!now) return 'no calendar came into sight';
    const target = year * 12 + month;
    const at = (seen) => seen.y * 12 + seen.m;
    const steps = new Map();
    for (let round = 0; round < 700 && at(now) !== target && performance.now() < until; round += 1) {
      const before = at(now);
      if (now.yearBox && now.y !== year) set(now.yearBox, String(year));
      else if (now.yearList && now.y !== year) {
        const best = Array.from(now.yearList.options).sort((a, b) => Math.abs(Number(a.textContent) - year) - Math.abs(Number(b.textContent) - year))[0];
        if (Number(best.textContent) === now.y) break;
        set(now.yearList, best.value);
      } else if (now.monthList && now.m !== month) {
        const list = now.monthList, options = Array.from(list.options);
        const option = options.find((one) => monthOf(one.textContent.toLowerCase()) === month) || (options.length === 12 ? options[month - 1] : null);
        if (!option) return 'the month is not offered';
        set(list, option.value);
      } else {
        const back = target < before;
        const arrow = back ? /prev|back|left|trước|lùi/i : /next|forward|right|(^|\s)sau|tiếp/i, sign = back ? /^[«‹<❮←]+$/ : /^[»›>❯→]+$/;
        const arrows = Array.from(now.panel.querySelectorAll('button,a,th,span,i,b,u,em,strong,p,li,img,div,td,svg')).filter((el) => shown(el) && !now.days.includes(el) && (arrow.test(about(el)) || sign.test(squeeze(el.textContent))) && squeeze(el.textContent).length < 20 && el.getAttribute('aria-disabled') !== 'true' && !el.disabled);
        const single = arrows.filter((el) => !arrows.some((other) => other !== el && other.contains(el)));
        const name = (el) => `${el.tagName} ${about(el)} ${squeeze(el.textContent)}`;
        const useful = single.map((el) => [el, steps.get(name(el))]).filter(([, step]) => step === undefined || (step && Math.abs(step) <= Math.abs(target - before)));
        useful.sort((a, b) => (a[1] === undefined ? 0 : 1) - (b[1] === undefined ? 0 : 1) || Math.abs(b[1] || 0) - Math.abs(a[1] || 0));
        if (!useful.length) return 'no way to the month';
        const [el, known] = useful[0];
        press(el);
        const seen = await ready(() => { const next = readNow(); return next && at(next) !== before ? next : null; }, 250);
        if (known === undefined) steps.set(name(el), seen ? at(seen) - before : 0);
        now = seen || readNow();
        if (!now) return 'the calendar went away';
        continue;
      }
      now = (await ready(() => { const next = readNow(); return next && at(next) !== before ? next : null; }, 400)) || readNow();
      if (!now) return 'the calendar went away';
    }
    if (at(now) !== target) return 'the month was not reached';
    const first = now.days.findIndex((el) => squeeze(el.textContent) === '1');
    const cell = now.days.slice(first).find((el) => squeeze(el.textContent) === String(day));
    if (!cell) return 'the day is not offered';
    press(cell);
    await ready(() => input.value || !shown(cell), 300);
    if (!input.value) {
      const done = Array.from(now.panel.querySelectorAll('button,a')).find((el) => shown(el) && /^(ok|chọn|áp dụng|xong|đồng ý|apply|done)$/i.test(squeeze(el.textContent)));
      if (done) { press(done); await ready(() => input.value, 300); }
    }
    return '';
  })();
}
