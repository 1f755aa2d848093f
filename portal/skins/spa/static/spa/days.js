// Dates: typed as dd/mm/yyyy, or picked in a calendar (dialog with a grid, as in the ARIA Authoring Practices).
const WEEK = [['T2', 'Thứ hai'], ['T3', 'Thứ ba'], ['T4', 'Thứ tư'], ['T5', 'Thứ năm'], ['T6', 'Thứ sáu'], ['T7', 'Thứ bảy'], ['CN', 'Chủ nhật']];
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
const written = (day) => [day.getDate(), day.getMonth() + 1].map((n) => String(n).padStart(2, '0')).concat(day.getFullYear()).join('/');

export function dressDays(root) {
  for (const input of root.querySelectorAll('input[data-date]')) addCalendar(input);
}

function addCalendar(input) {
  if (input.readOnly) return;
  const box = document.createElement('div');
  box.className = 'day';
  input.replaceWith(box);
  const label = document.querySelector(`label[for="${CSS.escape(input.id)}"]`);
  const name = label ? label.firstChild.textContent.trim() : '';
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'day-button';
  button.setAttribute('aria-haspopup', 'dialog');
  button.setAttribute('aria-label', `Chọn ngày trên lịch: ${name}`);
  button.innerHTML = '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><rect x="3" y="5" width="18" height="16" rx="2"/><path d="M3 10h18M8 3v4M16 3v4"/></svg>';
  box.append(input, button);
  input.addEventListener('blur', () => {
    const day = read(input.value);
    if (day && input.value !== written(day)) input.value = written(day);
  });
  button.addEventListener('click', async () => {
    const day = await picked(read(input.value) || new Date(), name);
    if (!day) return;
    input.value = written(day);
    input.dispatchEvent(new Event('input', { bubbles: true }));
    input.dispatchEvent(new Event('change', { bubbles: true }));
  });
}

function read(text) {
  const parts = text.match(/^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*$/);
  if (!parts) return null;
  const day = new Date(Number(parts[3]), Number(parts[2]) - 1, Number(parts[1]));
  return day.getMonth() === Number(parts[2]) - 1 ? day : null;
}

/** The day that is picked in the calendar, or null. */
function picked(start, name) {
  const dialog = document.createElement('dialog');
  dialog.className = 'calendar';
  dialog.setAttribute('aria-label', `Chọn ngày: ${name}`);
  dialog.innerHTML = '<div class="calendar-head">' +
    '<button type="button" data-months="-12" aria-label="Năm trước">«</button><button type="button" data-months="-1" aria-label="Tháng trước">‹</button>' +
    '<h2 aria-live="polite"></h2>' +
    '<button type="button" data-months="1" aria-label="Tháng sau">›</button><button type="button" data-months="12" aria-label="Năm sau">»</button></div>' +
    '<table role="grid"><thead><tr></tr></thead><tbody></tbody></table>' +
    '<div class="question-buttons"><button type="button" class="button button-quiet button-small">Đóng lịch</button></div>';
  for (const [short, long] of WEEK) {
    const head = document.createElement('th');
    head.scope = 'col';
    head.abbr = long;
    head.textContent = short;
    dialog.querySelector('thead tr').append(head);
  }
  let at = new Date(start);
  let answer = null;
  const draw = ({ focus = true } = {}) => {
    dialog.querySelector('h2').textContent = `Tháng ${at.getMonth() + 1}/${at.getFullYear()}`;
    const body = dialog.querySelector('tbody');
    body.replaceChildren();
    const day = new Date(at.getFullYear(), at.getMonth(), 1);
    day.setDate(1 - ((day.getDay() + 6) % 7));
    for (let week = 0; week < 6; week += 1) {
      const row = body.insertRow();
      for (let place = 0; place < 7; place += 1, day.setDate(day.getDate() + 1)) {
        const cell = row.insertCell();
        if (day.getMonth() !== at.getMonth()) { cell.setAttribute('aria-disabled', 'true'); continue; }
        const isAt = day.getDate() === at.getDate();
        const one = new Date(day);
        cell.textContent = day.getDate();
        cell.dataset.day = written(one);
        cell.setAttribute('aria-label', `${day.getDate()} tháng ${day.getMonth() + 1} năm ${day.getFullYear()}`);
        cell.setAttribute('aria-selected', String(isAt));
        cell.tabIndex = isAt ? 0 : -1;
        cell.addEventListener('click', () => { answer = one; dialog.close(); });
        if (isAt && focus) cell.focus();
      }
    }
  };
  const addMonths = (count) => {
    const last = new Date(at.getFullYear(), at.getMonth() + count + 1, 0).getDate();
    at = new Date(at.getFullYear(), at.getMonth() + count, Math.min(at.getDate(), last));
  };
  dialog.querySelectorAll('[data-months]').forEach((button) => button.addEventListener('click', () => {
    addMonths(Number(button.dataset.months));
    draw({ focus: false });
  }));
  dialog.querySelector('.question-buttons button').addEventListener('click', () => dialog.close());
  dialog.querySelector('table').addEventListener('keydown', (event) => {
    if (event.key in STEPS) at.setDate(at.getDate() + STEPS[event.key]);
    else if (event.key === 'PageUp') addMonths(event.shiftKey ? -12 : -1);
    else if (event.key === 'PageDown') addMonths(event.shiftKey ? 12 : 1);
    else if (event.key === 'Home') at.setDate(at.getDate() - ((at.getDay() + 6) % 7));
    else if (event.key === 'End') at.setDate(at.getDate() + 6 - ((at.getDay() + 6) % 7));
    else if (event.key === 'Enter' || event.key === ' ') { answer = new Date(at); dialog.close(); }
    else return;
    event.preventDefault();
    if (dialog.open) draw();
  });
  document.body.append(dialog);
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => { dialog.remove(); resolve(answer); });
    dialog.showModal();
    draw();
  });
}
