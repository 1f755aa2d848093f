// Short messages at the edge of the window: they go by themselves, and can be sent away.
const SHOWN_MS = 7000;
const place = document.getElementById('thong-tin-nhanh');

export function toast(text, tone = '') {
  const box = document.createElement('div');
  box.className = `toast ${tone}`;
  box.setAttribute('role', tone === 'notice-error' ? 'alert' : 'status');
  const words = document.createElement('p');
  const close = document.createElement('button');
  close.type = 'button';
  close.textContent = '×';
  close.setAttribute('aria-label', 'Đóng thông báo');
  close.addEventListener('click', () => box.remove());
  box.append(words, close);
  place.append(box);
  words.textContent = text.trim().replace(/\s+/g, ' ');
  let timer = window.setTimeout(() => box.remove(), SHOWN_MS);
  box.addEventListener('mouseenter', () => window.clearTimeout(timer));
  box.addEventListener('mouseleave', () => { timer = window.setTimeout(() => box.remove(), SHOWN_MS); });
}
