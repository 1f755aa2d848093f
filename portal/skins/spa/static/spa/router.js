// Hash routes: #/thu-tuc/1.001193 shows what the server has at /thu-tuc/1.001193.
import { current, hashOf, isFollowed } from 'spa/addresses';
import { ask } from 'spa/requests';
import { showTrouble, show, setBusy } from 'spa/views';

let coming = null;

/** Show the first view, and from then on whatever the hash says. */
export function start() {
  window.addEventListener('hashchange', () => { if (window.location.hash.startsWith('#/') || !window.location.hash) open(current()); });
  document.addEventListener('click', followPlace);
  return open(current());
}

/**
 * Go to an address: a view behind the hash, anything else with the whole browser. Returns false when it leaves.
 * Throws for an address that the portal hands nobody over to.
 */
export function go(address, { replace = false } = {}) {
  if (!isFollowed(address)) throw new Error('a stranger');
  const hash = hashOf(address);
  if (hash === null) {
    setBusy(true);
    window.location.assign(address);
    return false;
  }
  if (hash === (window.location.hash || '#/')) {
    open(current());
  } else if (replace) {
    window.history.replaceState(null, '', hash);
    open(current());
  } else {
    window.location.hash = hash; // the event that follows opens it
  }
  return true;
}

/** Fetch the view at an address and put it in; a view that is asked for meanwhile wins. */
export async function open(address) {
  if (coming) coming.abort();
  const mine = coming = new AbortController();
  setBusy(true);
  try {
    const answer = await ask(address, { signal: mine.signal });
    if (answer.to) {
      go(answer.to, { replace: true });
      return;
    }
    show(answer.page, address);
  } catch (fault) {
    if (mine.signal.aborted) return;
    showTrouble(() => open(address));
  }
  if (coming === mine) {
    coming = null;
    setBusy(false);
  }
}

// A link to a place in the view (the skip link, the list of errors) moves the focus, not the route.
function followPlace(event) {
  const link = event.target.closest('a[href^="#"]');
  if (!link || link.getAttribute('href').startsWith('#/')) return;
  event.preventDefault();
  toPlace(link.getAttribute('href').slice(1));
}

export function toPlace(name) {
  const place = document.getElementById(decodeURIComponent(name));
  if (!place) return;
  if (!place.matches('a[href], button, input, select, textarea, [tabindex]')) place.tabIndex = -1;
  place.focus({ preventScroll: true });
  place.scrollIntoView({ block: place.matches('main') ? 'start' : 'center' });
}
