import { leave } from './own-requests.js';

/* Tasklist's own login page is closed; whoever is sent there goes to the one login. */
const toLogin = () => {
  if (window.location.hash.startsWith('#/login')) {
    leave();
  }
};
window.addEventListener('hashchange', toLogin);
toLogin();
