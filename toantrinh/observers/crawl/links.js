// The links of one page, shadow roots included, and the places in it that a fragment may name. Plain data, at most 2,000.
() => {
  const links = [], anchors = [];
  const squeeze = (text) => (text || '').replace(/\s+/g, ' ').trim();
  const read = (root) => {
    for (const el of root.querySelectorAll('*')) {
      if (el.id && anchors.length < 5000) anchors[anchors.length] = `${el.id}`;
      if (el.tagName === 'A' && el.getAttribute('name')) anchors[anchors.length] = el.getAttribute('name');
      // A script may take a place's name from here instead: a tab, an accordion.
      for (const attribute of el.attributes) {
        const held = attribute.value.length < 80 && (attribute.name.startsWith('data-') || attribute.name === 'aria-controls');
        if (held && attribute.value && anchors.length < 5000) anchors[anchors.length] = attribute.value.replace(/^#/, '');
      }
      if (el.shadowRoot) read(el.shadowRoot);
      const href = el.matches('a[href],area[href]') ? el.getAttribute('href') : null;
      if (href === null || links.length >= 2000) continue;
      const acts = el.hasAttribute('onclick') || el.hasAttribute('aria-controls') || el.hasAttribute('aria-haspopup')
        || el.hasAttribute('data-toggle') || el.hasAttribute('data-bs-toggle') || /^(button|tab|menuitem)$/.test(el.getAttribute('role') || '');
      links[links.length] = {
        text: squeeze(el.getAttribute('aria-label') || el.textContent || el.getAttribute('title')).slice(0, 120),
        address: `${el.href}`, selector: `${el.localName}[href="${href.replace(/["\\]/g, '\\$&')}"]`.slice(0, 300), acts };
    }
  };
  read(document);
  return { address: location.href, links, anchors };
}
