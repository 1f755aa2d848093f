// Before an idle session ends, the person is told and can go on. Polling is no activity.
import { confirmed } from 'spa/dialogs';

const WARN_BEFORE_MIN = 5;
let minutes = 0;
let last = Date.now();
let asking = false;

/** The session ends after this many idle minutes; 0: nobody is signed in. */
export function idleAfter(idleMinutes) { minutes = idleMinutes; }

/** Something was asked of the server for the person. */
export function touched() { last = Date.now(); }

export function watchIdling() {
  window.setInterval(async () => {
    const left = minutes * 60000 - (Date.now() - last);
    if (!minutes || asking || left > WARN_BEFORE_MIN * 60000) return;
    asking = true;
    const goesOn = await confirmed({
      title: 'Phiên làm việc sắp hết hạn',
      text: 'Bạn đã không thao tác một lúc. Phiên sẽ tự kết thúc sau ít phút để bảo vệ thông tin của bạn.',
      yes: 'Tiếp tục phiên làm việc', no: 'Để phiên kết thúc',
    });
    if (goesOn) fetch('/phien/giu', { headers: { Accept: 'application/json' } }).then(touched);
    else minutes = 0;
    asking = false;
  }, 20000);
}
