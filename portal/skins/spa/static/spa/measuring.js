// EMC: the tag in the head counts the view that the page was opened with, every later one is counted here, once.
let counted = null;

/** `events` are the pairs of trackDVC that come with the view; null when the view carries no tag. */
export function measure(address, events) {
  const isOpening = counted === null;
  const isNew = counted !== address;
  counted = address;
  if (events === null) return;
  const tag = window._govaq = window._govaq || [];
  if (isNew && !isOpening) tag.push(['trackPageView', document.title]);
  for (const [code, value] of events) tag.push(['trackDVC', code, value, '']);
}
