// Forms are sent without leaving the page: searches become routes, everything else is posted and its answer followed.
import { current } from 'spa/addresses';
import { confirmed } from 'spa/dialogs';
import { ask } from 'spa/requests';
import { go } from 'spa/router';
import { toast } from 'spa/toasts';
import { setBusy, show } from 'spa/views';

const UNSENT = 'Chưa gửi được. Vui lòng kiểm tra kết nối rồi thử lại.';
const KEEP_AFTER_MS = 1200;
const saving = new WeakMap(); // form → the draft that is being kept

const QUESTIONS = [
  {
    of: (button) => button.name === 'thao-tac' && button.value === 'nop',
    title: 'Nộp hồ sơ này?',
    text: 'Hồ sơ được gửi ngay đến cơ quan giải quyết và không sửa được nữa. Bạn vẫn có thể rút hồ sơ khi chưa có kết quả.',
    yes: 'Xác nhận nộp hồ sơ',
  },
  {
    of: (button, form) => /\/xoa$/.test(form.getAttribute('action') || ''),
    title: 'Xóa bản nháp này?', text: 'Những gì đã khai trong bản nháp sẽ mất.', yes: 'Xóa bản nháp', danger: true,
  },
];

/** Take over every form of the document, those of later views among them. */
export function watchForms() {
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (form.method === 'dialog') return;
    event.preventDefault();
    if (form.method === 'get') search(form);
    else send(form, event.submitter);
  });
  window.addEventListener('pageshow', (event) => {
    if (!event.persisted) return;
    document.querySelectorAll('form[data-sent]').forEach((form) => release(form));
    setBusy(false);
  });
}

/** What is typed in a form that asks for it is kept on the server as a draft. */
export function dressForms(root) {
  for (const form of root.querySelectorAll('form[data-autosave]')) keepDraft(form);
  for (const button of root.querySelectorAll('[data-print]')) {
    button.hidden = false;
    button.addEventListener('click', () => window.print());
  }
}

function search(form) {
  const asked = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value !== '') asked.append(name, value);
  go(`${form.getAttribute('action') || current().split('?')[0]}${asked.size ? `?${asked}` : ''}`);
}

async function send(form, pressed) {
  if (form.hasAttribute('data-sent')) return;
  form.setAttribute('data-sent', '');
  const question = pressed && QUESTIONS.find((one) => one.of(pressed, form));
  if (question && isWhole(form) && !(await confirmed(question))) {
    release(form);
    pressed.focus();
    return;
  }
  if (pressed) pressed.setAttribute('aria-disabled', 'true');
  setBusy(true);
  await saving.get(form);
  const body = new FormData(form);
  if (pressed && pressed.name) body.set(pressed.name, pressed.value);
  try {
    const address = form.getAttribute('action') || current();
    const answer = await ask(address, { body });
    if (answer.to) {
      go(answer.to);
      return;
    }
    show(answer.page, current());
  } catch (fault) {
    release(form);
    toast(UNSENT, 'notice-error');
    sayInPlace(form, UNSENT);
  }
  setBusy(false);
}

// What is asked in the dialog is asked about a form that has all it needs; the server says what is missing.
function isWhole(form) {
  return Array.from(form.elements).every((field) => !field.required || (field.type === 'checkbox' ? field.checked : field.value.trim()));
}

function release(form) {
  form.removeAttribute('data-sent');
  form.querySelectorAll('[aria-disabled="true"]').forEach((button) => button.removeAttribute('aria-disabled'));
}

function sayInPlace(form, text) {
  let place = form.querySelector('.saved');
  if (!place) {
    place = document.createElement('p');
    place.className = 'saved';
    form.append(place);
  }
  place.textContent = text;
}

function keepDraft(form) {
  let timer = 0;
  const keep = () => {
    if (form.hasAttribute('data-sent') || !form.isConnected) return;
    const body = new FormData(form);
    body.set('thao-tac', 'tu-luu');
    const kept = ask(form.getAttribute('action') || current(), { body, keepalive: true }).then((answer) => {
      if (answer.to) sayInPlace(form, 'Phiên làm việc đã hết hạn. Bấm nút bên trên để đăng nhập lại, nội dung đã nhập được giữ.');
      else if (!answer.page) sayInPlace(form, 'Đã tự động lưu nháp.');
    }).catch(() => sayInPlace(form, 'Chưa tự động lưu được.'));
    saving.set(form, kept);
  };
  form.addEventListener('input', () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(keep, KEEP_AFTER_MS);
  });
  form.addEventListener('submit', () => window.clearTimeout(timer));
}
