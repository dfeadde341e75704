/* Tasklist's own login page is closed; whoever is sent there goes to the one login. */
const toLogin = () => {
  if (window.location.hash.startsWith('#/login')) {
    window.location.replace('/login?left');
  }
};
window.addEventListener('hashchange', toLogin);
toLogin();
