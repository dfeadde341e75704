/* What people type or paste into a form, as TypedText.java reads it on the server: form-js would refuse it before. */

/* By the end of the input's id, which is that of the field. */
const NUMBERS = ['Field_code', 'Field_newPhone'];

const INVISIBLE = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]/g;
const SEPARATOR = /[\s\u00b7\u30fb\u3002\u2212\u30fc.()\p{Z}\p{Pd}]/gu;
/* Arabic and Persian; the server knows all others too. */
const FOREIGN_DIGIT = /[\u0660-\u0669\u06f0-\u06f9]/g;

const fieldOf = (input) => NUMBERS.find((field) => input.id && input.id.endsWith(`-${field}`));

const plain = (text) =>
  text
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .replace(FOREIGN_DIGIT, (digit) => String(digit.charCodeAt(0) & 15));

const number = (text) => plain(text).replace(SEPARATOR, '');

/** A code may come within the sentence of its message, a phone number with the country's code. */
const pasted = (field, text) => {
  if (field === 'Field_newPhone') {
    return number(text).replace(/^(\+|00)86(?=1\d{10}$)/, '');
  }
  const code = /(^|\D)(\d{6})(?!\d)/.exec(plain(text));
  return code ? code[2] : number(text);
};

const paste = (event) => {
  const field = fieldOf(event.target);
  const text = event.clipboardData ? event.clipboardData.getData('text') : '';
  if (field && text && pasted(field, text) !== text) {
    event.preventDefault();
    event.target.select();
    document.execCommand('insertText', false, pasted(field, text));
  }
};

/** Before form-js looks: from a keyboard, by dictation, by a password manager. */
const type = (event) => {
  const input = event.target;
  if (!fieldOf(input) || event.isComposing || number(input.value) === input.value) {
    return;
  }
  const caret = number(input.value.slice(0, input.selectionStart)).length;
  input.value = number(input.value);
  input.setSelectionRange(caret, caret);
};

/** What an input method composed is told to nobody once more. */
const compose = (event) => {
  if (fieldOf(event.target) && number(event.target.value) !== event.target.value) {
    event.target.dispatchEvent(new Event('input', { bubbles: true }));
  }
};

export const readTypedText = () => {
  document.addEventListener('paste', paste, true);
  document.addEventListener('input', type, true);
  document.addEventListener('compositionend', compose, true);
};
