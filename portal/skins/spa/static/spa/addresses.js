// Which addresses are views of the shell, how they look behind the hash, and where else the browser may be led.
const own = window.location.origin;
const patterns = JSON.parse(document.getElementById('dia-chi').textContent).map((text) => new RegExp(`^${text}$`));
const followed = [own, ...JSON.parse(document.getElementById('noi-khac').textContent)];

/**
 * The address of the view that the hash names: path, query and, after a second hash, a place in the view.
 * A hash that names another server (`#//elsewhere/…`) names the home page.
 */
export function current() {
  const named = window.location.hash.startsWith('#/') ? window.location.hash.slice(1) : '/';
  return originOf(named) === own ? named : '/';
}

/** Whether the browser may be led there: to the portal, the identity provider or the gateway. */
export function isFollowed(address) {
  return followed.includes(originOf(address));
}

/** The hash of an address that is a view, or null when the browser has to go there itself. */
export function hashOf(address) {
  if (originOf(address) !== own) return null;
  const url = new URL(address, own);
  if (!patterns.some((one) => one.test(url.pathname))) return null;
  return `#${url.pathname}${url.search}${url.hash}`;
}

/** What is asked of the server for an address: without the place in the view. */
export function withoutPlace(address) {
  return address.split('#')[0];
}

function originOf(address) {
  return URL.canParse(address, own) ? new URL(address, own).origin : '';
}
