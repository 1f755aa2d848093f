// Asks the server. An answer is {to}: go there; {page}: a view to show; {}: nothing to say.
import { withoutPlace } from 'spa/addresses';
import { touched } from 'spa/sessions';

export const HEADERS = { 'X-Fragment': '1', Accept: 'text/html, application/json' };

export async function ask(address, { body = null, signal, keepalive = false } = {}) {
  const answer = await fetch(withoutPlace(address), {
    method: body ? 'POST' : 'GET', body, signal, keepalive, headers: HEADERS, credentials: 'same-origin',
  });
  touched();
  return read(answer.status, answer.headers.get('Content-Type') || '', () => answer.text());
}

/** What an answer says; `text` gives its body. */
export async function read(status, type, text) {
  if (status === 204) return {};
  if (type.startsWith('application/json')) {
    if (status >= 400) throw new Error(String(status));
    return JSON.parse(await text());
  }
  return { page: new DOMParser().parseFromString(await text(), 'text/html'), status };
}
