/* For browsers of any age: one that is older than docs/tasklist.md says is told so before the login, not after it. */
if (typeof WeakRef === 'undefined') {
  document.querySelector('form').style.display = 'none';
  document.getElementById('old-browser').removeAttribute('hidden');
}
