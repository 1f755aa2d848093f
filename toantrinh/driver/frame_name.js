// The words by which a person knows the editor that this frame holds.
(frame) => {
  const squeeze = (text) => (text || '').replace(/\s+/g, ' ').trim();
  for (let node = frame, depth = 0; node && depth < 6; node = node.parentElement, depth += 1) {
    const hidden = node.parentElement && Array.from(node.parentElement.children).find((one) => one.tagName === 'TEXTAREA');
    if (hidden && hidden.labels && hidden.labels.length) return squeeze(hidden.labels[0].textContent);
    for (let before = node.previousSibling; before; before = before.previousSibling) {
      if (before.nodeType === 1 && (before.querySelector('input,select') || ['SCRIPT', 'STYLE', 'TEXTAREA'].includes(before.tagName) || before.matches('[role=toolbar],[class*=toolbar]') || before.querySelector('button,[role=toolbar]'))) continue;
      const text = squeeze(before.textContent);
      if (/[a-zà-ỹ]{2}/i.test(text) && text.length < 160) return text;
    }
    if (['FORM', 'BODY'].includes(node.tagName)) break;
  }
  return frame.title || '';
}
