// EMC: every view is counted here, once, when it has its address and its title; the tag in the head counts none.
let counted = null;

/** `events` are the pairs of trackDVC that come with the view; null when the view carries no tag. */
export function measure(address, events) {
  const isNew = counted !== address;
  counted = address;
  if (events === null) return;
  const tag = window._govaq = window._govaq || [];
  if (isNew) tag.push(['trackPageView', document.title]);
  for (const [code, value] of events) tag.push(['trackDVC', code, value, '']);
}
