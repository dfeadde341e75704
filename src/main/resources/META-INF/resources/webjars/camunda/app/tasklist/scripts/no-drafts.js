/* Tasklist keeps what was typed in the browser's storage, for whoever uses the browser next; here it keeps nothing. */
const DRAFT = /^(camunda-form|camForm):/;
const setItem = Storage.prototype.setItem;
Storage.prototype.setItem = function (key, value) {
  if (!DRAFT.test(key)) {
    setItem.call(this, key, value);
  }
};
Object.keys(window.localStorage)
  .filter((key) => DRAFT.test(key))
  .forEach((key) => window.localStorage.removeItem(key));
