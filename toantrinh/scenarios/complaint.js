// What the page says of one field: {invalid, bubble, value, near, links}.
// near: the text of the field's own part of the page, the widest that holds no other field, and of what follows it.
// links: texts of links elsewhere that lead to the field.
(el) => {
  const FIELDS = 'input:not([type=hidden]):not([type=submit]):not([type=button]),select,textarea';
  const squeeze = (text) => (text || '').replace(/\s+/g, ' ').trim();
  const text = (node) => squeeze(node.innerText !== undefined ? node.innerText : node.textContent);
  const others = (node) => Array.from(node.querySelectorAll(FIELDS)).some((one) => one !== el && !(el.type === 'radio' && one.name === el.name) && one.checkVisibility());
  let part = el;
  while (part.parentElement && !['FORM', 'MAIN', 'BODY'].includes(part.parentElement.tagName) && !others(part.parentElement)) part = part.parentElement;
  const near = [part === el ? '' : text(part)];
  for (const beside of [part.previousElementSibling, part.nextElementSibling]) {
    if (beside && !beside.matches(FIELDS) && !beside.querySelector(FIELDS + ',form,button')) near.push(text(beside));
  }
  const by = (name) => (el.getAttribute(name) || '').split(/\s+/).filter(Boolean).map((id) => { const one = el.getRootNode().getElementById(id); return one && one.checkVisibility() ? text(one) : ''; });
  const ids = [el.id, el.name].filter(Boolean);
  const links = Array.from(document.querySelectorAll('a[href*="#"]')).filter((link) => ids.includes(decodeURIComponent(link.hash.slice(1))) && link.checkVisibility()).map(text);
  return {
    invalid: el.getAttribute('aria-invalid') === 'true', bubble: el.form && !el.form.noValidate ? el.validationMessage : '',
    value: String(el.value || ''), near: [...near, ...by('aria-describedby'), ...by('aria-errormessage')].filter(Boolean), links,
  };
}
