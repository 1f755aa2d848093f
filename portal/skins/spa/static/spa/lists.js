// A long list grows on demand; the links to its pages stay.
import { announce } from 'spa/announcing';
import { withoutPlace } from 'spa/addresses';
import { ask } from 'spa/requests';
import { dress } from 'spa/views';

export function dressLists(root) {
  for (const paging of root.querySelectorAll('nav.paging')) addMore(paging);
}

function addMore(paging) {
  const list = paging.previousElementSibling;
  const next = paging.querySelector('a[rel="next"]');
  if (!next || !list || !list.matches('ul.results')) return;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button button-quiet more';
  button.textContent = 'Xem thêm';
  paging.before(button);
  button.addEventListener('click', async () => {
    button.setAttribute('aria-disabled', 'true');
    list.setAttribute('aria-busy', 'true');
    try {
      const { page } = await ask(withoutPlace(next.getAttribute('href').slice(1)));
      const fresh = Array.from(page.querySelectorAll('ul.results > li'));
      list.append(...fresh);
      const newPaging = page.querySelector('nav.paging');
      button.remove();
      paging.replaceWith(newPaging);
      [...fresh, newPaging].forEach(dress);
      addMore(newPaging);
      announce(`Đã thêm ${fresh.length} mục, đang hiện ${list.children.length} mục.`);
      fresh[0].querySelector('a').focus();
    } catch (fault) {
      button.removeAttribute('aria-disabled');
      announce('Chưa tải thêm được. Vui lòng thử lại.');
    }
    list.removeAttribute('aria-busy');
  });
}
