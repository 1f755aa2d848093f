// What a screen reader is told of by itself: texts of live regions (at most 40), and where the focus is.
() => {
  const squeeze = (text) => String(text || '').replace(/\s+/g, ' ').trim();
  const text = (node) => squeeze(node.innerText !== undefined ? node.innerText : node.textContent).slice(0, 600);
  const LIVE = '[role=alert],[role=alertdialog],[role=status],[role=log],output,[aria-live=polite],[aria-live=assertive]';
  const live = Array.from(document.querySelectorAll(LIVE)).slice(0, 40).filter((el) => el.checkVisibility()).map(text).filter(Boolean);
  let focus = document.activeElement;
  while (focus && focus.shadowRoot && focus.shadowRoot.activeElement) focus = focus.shadowRoot.activeElement;
  const nowhere = !focus || focus === document.body || focus === document.documentElement;
  const clone = nowhere ? null : focus.cloneNode(false);
  if (clone) clone.removeAttribute('value');
  return {
    live,
    focus: clone ? clone.outerHTML.slice(0, 200) : '',
    words: nowhere || focus.matches('iframe,main,[role=main]') ? '' : text(focus),
    invalid: !nowhere && focus.matches('input,select,textarea,[role=textbox],[role=combobox]') && (focus.getAttribute('aria-invalid') === 'true' || (focus.willValidate === true && !focus.checkValidity())),
    field: nowhere ? '' : focus.id || focus.getAttribute('name') || '',
  };
}
