/* For browsers of any age: one that is older than docs/owners/tasklist.md says is told so before the login, not after it. */
if (typeof WeakRef === 'undefined') {
  var sentence = document.getElementById('old-browser');
  sentence.className = 'refusal';
  sentence.removeAttribute('hidden');
  document.querySelector('form').style.display = 'none';
}
