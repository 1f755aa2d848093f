// Files: a drop zone with a button; papers of a dossier go up at once and the zone shows how far they are.
import { current } from 'spa/addresses';
import { announce } from 'spa/announcing';
import { ask, HEADERS, read } from 'spa/requests';
import { go } from 'spa/router';
import { toast } from 'spa/toasts';
import { dress } from 'spa/views';

const FAILED = 'Tải lên không thành công. Vui lòng thử lại.';

export function dressUploads(root) {
  for (const input of root.querySelectorAll('input[type="file"]')) addZone(input);
}

function addZone(input) {
  const id = input.id;
  const label = document.querySelector(`label[for="${CSS.escape(id)}"]`);
  const zone = document.createElement('div');
  zone.className = 'drop';
  zone.innerHTML = '<p class="drop-words">Kéo và thả tệp vào đây, hoặc</p><button type="button" class="button button-quiet button-small">Chọn tệp</button>' +
    '<p class="drop-name" hidden></p><div class="drop-bar" role="progressbar" aria-valuemin="0" aria-valuemax="100" hidden><span></span></div>';
  const button = zone.querySelector('button');
  input.replaceWith(zone);
  zone.append(input);
  input.id = `${id}-tep`;
  input.hidden = true;
  button.id = id;
  label.id = label.id || `${id}-nhan`;
  label.removeAttribute('for');
  button.setAttribute('aria-labelledby', `${label.id} ${id}`);
  for (const name of ['aria-describedby', 'aria-invalid']) {
    if (input.hasAttribute(name) && name !== 'aria-invalid') button.setAttribute(name, input.getAttribute(name));
    input.removeAttribute(name);
  }
  button.addEventListener('click', () => input.click());
  for (const name of ['dragover', 'dragleave', 'drop']) {
    zone.addEventListener(name, (event) => {
      event.preventDefault();
      zone.classList.toggle('is-over', name === 'dragover');
      if (name !== 'drop' || !event.dataTransfer.files.length) return;
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    });
  }
  const key = input.dataset.paper;
  const form = input.closest('form[data-papers]');
  if (key && form) {
    zone.parentElement.querySelector(`button[value="tai-len:${CSS.escape(key)}"]`).closest('p').remove();
    input.addEventListener('change', () => { if (input.files.length) sendPaper(form, input, zone, key); });
  } else {
    input.addEventListener('change', () => showName(zone, input));
  }
}

function showName(zone, input) {
  const name = zone.querySelector('.drop-name');
  name.hidden = !input.files.length;
  name.textContent = Array.from(input.files, (file) => `Đã chọn: ${file.name}`).join(', ');
}

async function sendPaper(form, input, zone, key) {
  const block = document.getElementById(`giay-to-${key}`);
  const file = input.files[0];
  const body = new FormData();
  body.set('_csrf', form.elements._csrf.value);
  body.set('thao-tac', `tai-len:${key}`);
  body.set(input.name, file);
  block.setAttribute('aria-busy', 'true');
  showName(zone, input);
  try {
    let answer = await post(form.getAttribute('action') || current(), body, zone.querySelector('.drop-bar'), file.name);
    if (answer.to && !answer.to.split('#')[0].startsWith(form.getAttribute('action'))) { go(answer.to); return; }
    if (answer.to) answer = await ask(answer.to);
    replaceBlock(form, key, answer.page);
  } catch (fault) {
    refuse(form, block, FAILED);
  }
}

function replaceBlock(form, key, page) {
  const fresh = page.getElementById(`giay-to-${key}`);
  const block = document.getElementById(`giay-to-${key}`);
  if (!block || form.hasAttribute('data-sent')) return;
  if (!fresh) { // a page of refusal: too large for the server, a session that is over
    refuse(form, block, page.querySelector('.lead') ? page.querySelector('.lead').textContent : FAILED);
    return;
  }
  block.replaceWith(fresh);
  dress(fresh);
  const refused = fresh.querySelector('.field-error');
  sayResult(form, refused ? refused.textContent.trim() : `Đã tải lên: ${fresh.querySelector('.file-name').lastChild.textContent.trim()}`, refused ? 'notice-error' : 'notice-success');
  fresh.querySelector('.drop button').focus();
}

function refuse(form, block, text) {
  block.removeAttribute('aria-busy');
  block.querySelector('.drop-bar').hidden = true;
  const said = block.querySelector('.field-error') || document.createElement('p');
  said.className = 'field-error';
  said.textContent = text;
  block.querySelector('.drop').after(said);
  sayResult(form, text, 'notice-error');
}

function sayResult(form, text, tone) {
  toast(text, tone);
  const place = form.querySelector('.saved');
  if (place) place.textContent = text;
}

/** Send with progress; fetch cannot tell how far an upload is. */
function post(address, body, bar, name) {
  bar.hidden = false;
  bar.setAttribute('aria-label', `Đang tải lên ${name}`);
  announce(`Đang tải lên ${name}`);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', address);
    for (const [header, value] of Object.entries(HEADERS)) request.setRequestHeader(header, value);
    request.upload.addEventListener('progress', (event) => {
      if (!event.lengthComputable) return;
      const percent = Math.round((100 * event.loaded) / event.total);
      bar.setAttribute('aria-valuenow', percent);
      bar.firstElementChild.style.width = `${percent}%`;
    });
    request.addEventListener('load', () => {
      const type = request.getResponseHeader('Content-Type') || '';
      if (request.status >= 500) reject(new Error(String(request.status)));
      else resolve(read(request.status, type, () => request.responseText));
    });
    request.addEventListener('error', () => reject(new Error('network')));
    request.send(body);
  });
}
