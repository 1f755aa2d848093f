// Questions that must be answered before something happens.
let number = 0;

/** Ask in a dialog; true when `yes` was pressed. Escape and `no` answer false. */
export function confirmed({ title, text, yes, no = 'Hủy', danger = false }) {
  const id = `hoi-${++number}`;
  const dialog = document.createElement('dialog');
  dialog.className = 'question';
  dialog.setAttribute('aria-labelledby', `${id}-tieu-de`);
  dialog.setAttribute('aria-describedby', `${id}-noi-dung`);
  dialog.innerHTML = `<h2 id="${id}-tieu-de"></h2><p id="${id}-noi-dung"></p><div class="question-buttons">` +
    '<button type="button" class="button button-quiet"></button><button type="button" class="button"></button></div>';
  dialog.querySelector('h2').textContent = title;
  dialog.querySelector('p').textContent = text;
  const [refuse, accept] = dialog.querySelectorAll('button');
  refuse.textContent = no;
  accept.textContent = yes;
  accept.classList.toggle('button-danger', danger);
  document.body.append(dialog);
  return new Promise((resolve) => {
    let answer = false;
    refuse.addEventListener('click', () => dialog.close());
    accept.addEventListener('click', () => { answer = true; dialog.close(); });
    dialog.addEventListener('close', () => { dialog.remove(); resolve(answer); });
    dialog.showModal();
  });
}
