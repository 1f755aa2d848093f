// How a field and its message hold together: {invalid, tied, native, selector}. tied: texts that a screen reader says with the field.
(el) => {
  const squeeze = (text) => String(text || '').replace(/\s+/g, ' ').trim();
  const text = (node) => squeeze(node.innerText !== undefined ? node.innerText : node.textContent).slice(0, 400);
  const root = el.getRootNode();
  const by = (node, name) => (node.getAttribute(name) || '').split(/\s+/).filter(Boolean).slice(0, 10)
    .map((id) => { const one = root.getElementById(id); return one ? text(one) : ''; });
  const group = el.closest('fieldset,[role=group],[role=radiogroup]');
  const labels = el.labels ? Array.from(el.labels).map(text) : [];
  return {
    invalid: el.getAttribute('aria-invalid') === 'true',
    tied: [...by(el, 'aria-describedby'), ...by(el, 'aria-errormessage'), ...by(el, 'aria-labelledby'), squeeze(el.getAttribute('aria-description')), squeeze(el.getAttribute('aria-label')), ...labels, ...(group ? by(group, 'aria-describedby') : [])].filter(Boolean),
    native: el.form && !el.form.noValidate ? squeeze(el.validationMessage) : '',
    selector: el.id ? `#${CSS.escape(el.id)}` : el.name ? `${el.tagName.toLowerCase()}[name="${el.name}"]` : el.tagName.toLowerCase(),
  };
}
