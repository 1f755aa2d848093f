// Puts a view in: content, title, account, menu; then widgets, measuring, messages and focus.
import { hashOf } from 'spa/addresses';
import { dressChoices } from 'spa/choices';
import { dressDays } from 'spa/days';
import { dressForms } from 'spa/forms';
import { dressLists } from 'spa/lists';
import { measure } from 'spa/measuring';
import { toPlace } from 'spa/router';
import { idleAfter } from 'spa/sessions';
import { toast } from 'spa/toasts';
import { dressUploads } from 'spa/uploads';

const main = document.querySelector('[data-view]');
const line = document.querySelector('.progress-line');
let isFirst = true;

/** Show that something is on its way; the content that is being replaced takes no more input. */
export function setBusy(busy) {
  main.setAttribute('aria-busy', String(busy));
  line.hidden = !busy;
}

/** Show a page that was fetched for `address`. */
export function show(page, address) {
  const view = page.querySelector('[data-part="view"]');
  if (!view) throw new Error('no view');
  document.title = page.title;
  for (const name of ['account', 'personal']) {
    const place = document.querySelector(`[data-place="${name}"]`);
    place.replaceChildren(...page.querySelector(`[data-part="${name}"]`).childNodes);
    dressLinks(place);
  }
  const { active, events, unmeasured, idleMinutes } = view.dataset;
  main.replaceChildren(...view.childNodes);
  dress(main);
  markMenu(active, address);
  idleAfter(Number(idleMinutes) || 0);
  measure(address, unmeasured === undefined ? JSON.parse(events) : null);
  sayMessages();
  moveFocus(address);
  isFirst = false;
}

/** Make what came from the server the shell's own: links into routes, native controls into widgets. */
export function dress(root) {
  dressLinks(root);
  dressUploads(root);
  dressChoices(root);
  dressDays(root);
  dressForms(root);
  dressLists(root);
}

/** Say in the view that the server did not answer, and offer to try again. */
export function showTrouble(again) {
  const box = document.createElement('div');
  box.className = 'wrap page';
  box.innerHTML = '<h1>Chưa tải được trang</h1><div class="notice notice-error" role="alert"><p>Máy chủ không phản hồi hoặc kết nối bị gián đoạn.</p></div>' +
    '<p class="actions"><button class="button" type="button">Thử lại</button></p>';
  box.querySelector('button').addEventListener('click', again);
  main.replaceChildren(box);
  document.title = 'Chưa tải được trang';
  box.querySelector('button').focus();
}

function dressLinks(root) {
  for (const link of root.querySelectorAll('a[href^="/"]')) {
    const hash = hashOf(link.getAttribute('href'));
    if (hash !== null) link.setAttribute('href', hash);
    else if (/\/(bien-nhan|to-khai)$/.test(link.pathname) && !link.target) link.target = '_blank';
  }
}

function markMenu(active, address) {
  const path = address.split(/[?#]/)[0];
  for (const link of document.querySelectorAll('#menu a')) {
    const own = link.getAttribute('href');
    if (own === `#${path}`) link.setAttribute('aria-current', 'page');
    else if (active && link.dataset.key === active) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  }
}

// The message stays in its place; the toast is what is heard.
function sayMessages() {
  for (const message of main.querySelectorAll('.page > .notice[role]:not(.error-summary)')) {
    message.removeAttribute('role');
    toast(message.textContent, Array.from(message.classList).find((name) => name.startsWith('notice-')) || '');
  }
}

function moveFocus(address) {
  const place = address.split('#')[1];
  const errors = main.querySelector('[data-focus]');
  if (errors) {
    errors.focus({ preventScroll: true });
    errors.scrollIntoView({ block: 'center' });
  } else if (place && document.getElementById(place)) {
    toPlace(place);
  } else if (!isFirst) {
    const heading = main.querySelector('h1') || main;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }
}

dressLinks(document.body);
