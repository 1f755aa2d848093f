// Which addresses are views of the shell, and how they look behind the hash.
const patterns = JSON.parse(document.getElementById('dia-chi').textContent).map((text) => new RegExp(`^${text}$`));

/** The address of the view that the hash names: path, query and, after a second hash, a place in the view. */
export function current() {
  return window.location.hash.startsWith('#/') ? window.location.hash.slice(1) : '/';
}

/** The hash of an address that is a view, or null when the browser has to go there itself. */
export function hashOf(address) {
  const url = new URL(address, window.location.origin);
  if (url.origin !== window.location.origin || !patterns.some((one) => one.test(url.pathname))) return null;
  return `#${url.pathname}${url.search}${url.hash}`;
}

/** What is asked of the server for an address: without the place in the view. */
export function withoutPlace(address) {
  return address.split('#')[0];
}
