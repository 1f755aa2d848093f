// Says short things to screen readers.
const place = document.getElementById('loa');

export function announce(text) {
  place.textContent = '';
  window.setTimeout(() => { place.textContent = text; }, 60);
}
