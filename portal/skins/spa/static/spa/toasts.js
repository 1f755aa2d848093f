// Short messages at the edge of the window: they go by themselves, can be sent away, and let presses through to what is
// behind them.
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
  const timer = window.setTimeout(() => box.remove(), SHOWN_MS);
  close.addEventListener('focus', () => window.clearTimeout(timer));
}
