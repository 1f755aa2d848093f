// The visible text of a page by blocks: the text of an element without that of the blocks inside it. At most 600.
() => {
  const blocks = [];
  const hidden = (el) => el.checkVisibility && !el.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const skipped = /^(SCRIPT|STYLE|NOSCRIPT|TEMPLATE|SVG|CODE|SELECT|TEXTAREA|IFRAME|OBJECT)$/i;
  const inline = (el) => /^(inline|contents|ruby)/.test(getComputedStyle(el).display) && !/^(A|BUTTON|LABEL|IMG)$/.test(el.tagName);
  const selectorOf = (el) => {
    let path = '';
    for (let at = el; at && at.nodeType === 1; at = at.parentElement) {
      const rest = path ? ` > ${path}` : '';
      if (at.id && !/["\\\s]/.test(at.id)) return `[id="${at.id}"]${rest}`;
      if (at.tagName === 'BODY') return `body${rest}`;
      let place = 1;
      for (let one = at.previousElementSibling; one; one = one.previousElementSibling) if (one.tagName === at.tagName) place++;
      path = `${at.localName}:nth-of-type(${place})${rest}`;
    }
    return path;
  };
  const read = (el) => {
    if (skipped.test(el.tagName) || hidden(el)) return;
    let own = '';
    const gather = (parent) => {
      for (const node of parent.childNodes) {
        if (node.nodeType === 3) own += node.data;
        else if (node.nodeType === 1 && !skipped.test(node.tagName)) {
          if (inline(node) && !node.hasAttribute('lang')) gather(node);
          else { own += ' '; read(node); }
        }
      }
    };
    gather(el);
    if (el.shadowRoot) gather(el.shadowRoot);
    const text = own.replace(/\s+/g, ' ').trim();
    if (!text || blocks.length >= 600) return;
    const speaker = el.closest('[lang]');
    blocks[blocks.length] = { text: text.slice(0, 300), selector: selectorOf(el).slice(0, 300), declared: speaker ? speaker.getAttribute('lang') : '' };
  };
  if (document.body) read(document.body);
  return { address: location.href, declared: document.documentElement.getAttribute('lang') || '', blocks };
}
