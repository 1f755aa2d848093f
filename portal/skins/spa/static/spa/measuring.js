// EMC: every view is counted here, once, when it has its address and its title; the tag in the head counts none.
let counted = null;
let isMeasured = false;

const careless = document.documentElement.dataset.measuring; // only where a defect is switched on
const firstTitle = document.title;

/** `events` are the pairs of trackDVC that come with the view; null when the view carries no tag. */
export function measure(address, events) {
  const isNew = counted !== address;
  counted = address;
  if (events === null) return;
  const tag = window._govaq = window._govaq || [];
  const isCounted = careless !== 'first' || !isMeasured;
  isMeasured = true;
  if (isNew && isCounted) tag.push(['trackPageView', careless === 'title' ? firstTitle : document.title]);
  for (const [code, value] of events) tag.push(['trackDVC', code, value, '']);
}
