/* Where the holder's own requests stand, as the server tells it, and their withdrawal; the only requests that Tasklist does not
   make itself. */
import { text } from './texts.js';

const BASE = document.querySelector('base').getAttribute('app-root').replace(/\/camunda$/, '');

/** How far the browser's clock is ahead of the server's, in milliseconds. */
let ahead = 0;

export const now = () => new Date(Date.now() - ahead);

/** The server's day and zone: '2026-11-24T22:05:30+08:00'. */
export let serverTime = '';

/** Against requests that other sites make. */
let token = '';

let leaving;

/** Goes to the login, once: a page that goes on asking would begin it again and again. */
export const leave = () => {
  leaving = leaving || new Promise(() => window.location.replace(`${BASE}/login?left`));
  return leaving;
};

/** The standing, or null for somebody of staff, or undefined if there was no answer. */
export const standing = async () => {
  if (leaving) {
    return leaving;
  }
  try {
    const answer = await fetch(`${BASE}/own-requests`, { headers: { Accept: 'application/json' } });
    if (answer.status === 403) {
      return null;
    }
    if (answer.status === 401) {
      return leave();
    }
    if (answer.ok) {
      const found = await answer.json();
      serverTime = found.now;
      token = found.token;
      delete found.token;
      ahead = Date.now() - new Date(found.now).getTime();
      return found;
    }
  } catch (e) {
    /* offline: asked again later */
  }
  return undefined;
};

/** Withdraws a request; what keeps it from being withdrawn, or nothing. */
export const withdraw = async (request) => {
  try {
    const answer = await fetch(`${BASE}/own-requests/${encodeURIComponent(request.id)}/withdrawal`, {
      method: 'POST',
      headers: { Accept: 'application/json', 'X-CSRF-TOKEN': token }
    });
    if (answer.status === 401) {
      return leave();
    }
    if (answer.status === 409) {
      return (await answer.json()).message;
    }
    return answer.ok ? '' : text('withdrawFailed');
  } catch (e) {
    return text('withdrawOffline');
  }
};
