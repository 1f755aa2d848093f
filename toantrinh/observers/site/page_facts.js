// What one page says of itself, read from its main frame: head, header, footer, links, text. Plain data.
() => {
  const squeeze = (text) => (text || '').replace(/\s+/g, ' ').trim();
  const meta = (name) => { const el = document.querySelector(`meta[name="${name}" i]`); return el ? squeeze(el.getAttribute('content')) : ''; };
  const visible = (el) => {
    if (el.checkVisibility && !el.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
    const box = el.getBoundingClientRect();
    return box.width > 0 && box.height > 0;
  };
  const everything = [];
  (function gather(root) {
    for (const el of root.querySelectorAll('*')) { everything.push(el); if (el.shadowRoot) gather(el.shadowRoot); }
  })(document);

  const sections = 'main,article,section,aside,dialog,[role=main],[role=dialog]';
  const outermost = (found) => found.filter((el) => !found.some((other) => other !== el && other.contains(el)));
  const region = (strict, loose) => {
    const named = everything.filter((el) => el.matches(strict) && !(el.parentElement && el.parentElement.closest(sections)));
    if (named.length) return outermost(named);
    return outermost(everything.filter((el) => ['DIV', 'TABLE', 'SECTION'].includes(el.tagName) && loose.test(`${el.id} ${typeof el.className === 'string' ? el.className : ''}`))).slice(0, 1);
  };
  const footers = region('footer,[role=contentinfo]', /(^|[\s_-])(footer|page-?foot|chan-?trang)/i);
  const headers = region('header,[role=banner]', /(^|[\s_-])(header|masthead|top-?bar|page-?head|banner)/i).filter((el) => !footers.some((f) => f.contains(el)));
  const menus = outermost(everything.filter((el) => el.matches('nav,[role=navigation]') && !el.closest(sections) && !footers.some((f) => f.contains(el)) && !headers.some((h) => h.contains(el))));
  const linesOf = (parts) => parts.filter(visible).flatMap((el) => (el.innerText || '').split('\n')).map(squeeze).filter(Boolean).slice(0, 200);
  const drawn = (el) => {
    const box = el.getBoundingClientRect();
    return box.width >= 24 && box.height >= 24 && visible(el)
      && (el.matches('img,svg,object,[role=img]') || /url\(/.test(getComputedStyle(el).backgroundImage));
  };
  const within = headers.flatMap((el) => Array.from(el.querySelectorAll('img,svg,object,[role=img],a,div,span'))).filter(drawn).length;
  // Where no page's code says what the header is, its picture is what is drawn at the very top.
  const said = headers.some((el) => el.matches('header,[role=banner]'));
  const pictures = within || said ? within : everything.filter((el) => {
    const box = el.getBoundingClientRect();
    return box.bottom + scrollY <= 260 && el.matches('img,svg,object,[role=img],td,a,div,span') && drawn(el);
  }).length;

  const landmarkOf = (el) => {
    if (footers.some((part) => part.contains(el))) return 'footer';
    if (headers.some((part) => part.contains(el))) return 'header';
    if (menus.some((part) => part.contains(el))) return 'nav';
    const place = el.closest('main,aside,[role=main],[role=search],dialog,[role=dialog]');
    if (!place) return '';
    return { main: 'main', search: 'search', dialog: 'dialog' }[place.getAttribute('role')] || place.tagName.toLowerCase();
  };
  const nameOf = (el) => squeeze(el.getAttribute('aria-label') || el.textContent
    || Array.from(el.querySelectorAll('img,svg')).map((p) => p.getAttribute('alt') || p.getAttribute('aria-label') || '').join(' ') || el.getAttribute('title')).slice(0, 200);
  const links = [];
  for (const el of everything) {
    const link = el.matches('a[href]'), button = !link && el.matches('button,[role=button],summary,[role=link],[role=menuitem]');
    if (!link && !button) continue;
    const landmark = landmarkOf(el);
    if (button && !['header', 'nav', ''].includes(landmark)) continue;
    links.push({ text: nameOf(el), address: link ? el.href : '', role: link ? 'link' : 'button', landmark,
      language: el.getAttribute('hreflang') || '', visible: visible(el) });
    if (links.length >= 600) break;
  }

  const trails = everything.filter((el) => visible(el) && (/breadcrumb|duong-?dan|vi-?tri/i.test(`${el.id} ${typeof el.className === 'string' ? el.className : ''}`)
    || (el.matches('nav,[role=navigation],ol') && /breadcrumb|đường dẫn|vị trí|bạn đang ở/i.test(el.getAttribute('aria-label') || ''))));
  const trail = trails.find((el) => el.querySelector('a[href]')) || null;
  const breadcrumb = trail ? Array.from(trail.querySelectorAll('a[href]')).map((el) => ({ text: nameOf(el), address: el.href, role: 'link', landmark: 'main', language: '', visible: visible(el) })) : [];

  const text = document.body ? document.body.innerText || '' : '';
  const whole = [document.title, text, ...everything.filter((el) => el.matches('[placeholder],[alt],[aria-label],[title]'))
    .flatMap((el) => ['placeholder', 'alt', 'aria-label', 'title'].map((name) => el.getAttribute(name) || ''))].join(' ');
  const decomposed = Array.from(new Set((whole.match(/\S*[A-Za-zÂÊÔĂƠƯâêôăơư][\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323]\S*/g) || [])
    .filter((word) => word.normalize('NFC') !== word))).slice(0, 20);

  const content = document.querySelector('meta[http-equiv="content-type" i]');
  const charsetMeta = document.querySelector('meta[charset]');
  const declared = charsetMeta ? charsetMeta.getAttribute('charset') : (content ? ((content.getAttribute('content') || '').match(/charset=([\w-]+)/i) || [])[1] : '') || '';
  const origin = location.origin;
  const foreign = Array.from(document.querySelectorAll('script[src],link[rel~=stylesheet][href]')).map((el) => ({
    address: el.src || el.href, kind: el.tagName === 'SCRIPT' ? 'script' : 'stylesheet', integrity: /(^|\s)sha(256|384|512)-\S/i.test(el.integrity) }))
    .filter((file) => /^https?:/.test(file.address) && new URL(file.address).origin !== origin);
  const headings = everything.filter((el) => (/^H[1-6]$/.test(el.tagName) || el.getAttribute('role') === 'heading') && visible(el)).slice(0, 200)
    .map((el) => [Number(el.getAttribute('aria-level') || el.tagName[1] || 2), squeeze(el.innerText).slice(0, 200)]);
  // Forms that ask by GET: what stands in them, and of a list the first choice that says something.
  const answerOf = (el) => (el.tagName === 'SELECT' && !el.value ? (Array.from(el.options).find((one) => one.value) || {}).value : el.value) || '';
  const wholeOf = (to) => { try { return new URL(to, document.baseURI).href; } catch (_) { return ''; } };
  const forms = Array.from(document.querySelectorAll('form'))
    .filter((form) => (form.getAttribute('method') || 'get').toLowerCase() === 'get' && !form.querySelector('input[type=password]')).slice(0, 20)
    .map((form) => ({ address: wholeOf(form.getAttribute('action') || location.href),
      fields: Array.from(form.querySelectorAll('input[name],select[name],textarea[name]'))
        .filter((el) => !/^(?:password|file|submit|button|reset|image)$/.test(el.type)
          && !(/^(?:checkbox|radio)$/.test(el.type) && !el.checked)).slice(0, 30)
        .map((el) => [el.getAttribute('name'), el.tagName === 'SELECT' && !el.value ? 'choice' : el.type || '', answerOf(el).slice(0, 200)]) }));
  const postForms = Array.from(document.querySelectorAll('form'))
    .filter((form) => (form.getAttribute('method') || '').toLowerCase() === 'post' && !form.querySelector('input[type=password]')
      && form.querySelector('input[type=text],input[type=search],input:not([type]),select'))
    .slice(0, 20).map((form) => wholeOf(form.getAttribute('action') || location.href)).filter((to) => to);
  return {
    forms, post_forms: postForms,
    title: document.title, language: document.documentElement.lang || '', charset: document.characterSet, declared_charset: declared,
    description: meta('description'), robots: meta('robots'), referrer: meta('referrer'), generator: meta('generator'),
    text: text.slice(0, 40000), replaced: (whole.match(/\ufffd/g) || []).length, decomposed, headings,
    header: linesOf([...headers, ...menus]), header_pictures: pictures, footer: linesOf(footers), breadcrumb, links,
    insecure_forms: Array.from(document.forms).map((form) => form.action).filter((to) => typeof to === 'string' && to.startsWith('http:')),
    foreign_files: foreign,
  };
}
