// Asks every few seconds whether there are new notices.
import { toast } from 'spa/toasts';

const EVERY_MS = 4000;
let known = null;

export async function pollNotices() {
  try {
    const answer = await fetch('/thong-bao/chua-doc', { headers: { Accept: 'application/json' } });
    const { unread } = await answer.json();
    const badge = document.querySelector('[data-unread]');
    if (badge && badge.querySelector('[data-number]').textContent !== String(unread)) {
      badge.querySelector('[data-number]').textContent = String(unread);
    }
    if (badge && badge.hidden !== !unread) badge.hidden = !unread;
    if (known !== null && unread > known) toast('Bạn có thông báo mới.');
    known = unread;
  } catch (fault) { /* the next round asks again */ }
  window.setTimeout(pollNotices, EVERY_MS);
}
