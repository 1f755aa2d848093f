([word]) => {
  const found = [], known = new RegExp(`${word}(?:-|\\()(\\d+)`, 'gi');
  const numbers = (text) => [...String(text || '').matchAll(known)].map((one) => Number(one[1]));
  const urls = ['href', 'src', 'action', 'formaction', 'data'];
  const scripts = new Set(), links = new Set(), shown = new Set();
  const look = (root) => {
    for (const one of root.querySelectorAll('*')) {
      const name = one.localName;
      if (one.shadowRoot) look(one.shadowRoot);
      if (name === 'script') numbers(one.textContent).forEach((number) => scripts.add(number));
      if ('value' in one && typeof one.value === 'string') numbers(one.value).forEach((number) => shown.add(number));
      if (name.startsWith(`${word}-`)) {
        found.push({ how: 'element', number: Number(name.slice(word.length + 1)) });
        continue;
      }
      const handler = one.getAttribute('onplay');
      if (handler && handler.toLowerCase().includes(`${word}(`)) {
        found.push({ how: 'attribute', number: numbers(handler)[0] || 0 });
        one.dispatchEvent(new Event('play'));
      }
      for (const url of urls) {
        const value = one.getAttribute(url) || '';
        if (!value.toLowerCase().includes(word)) continue;
        if (/^\s*(javascript:|['"<])/i.test(value)) numbers(value).forEach((number) => links.add(number));
        if (value.trim().toLowerCase().startsWith(`javascript:${word}(`)) {
          found.push({ how: 'link', number: numbers(value)[0] || 0 });
          if (name === 'a') one.click();
        }
      }
    }
  };
  if (globalThis.origin !== 'null') look(document);
  numbers(document.documentElement ? document.documentElement.textContent : '').forEach((number) => shown.add(number));
  return JSON.stringify({ found, scripts: [...scripts], links: [...links], shown: [...shown] });
}
