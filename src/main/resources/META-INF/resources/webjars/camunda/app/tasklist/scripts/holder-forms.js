/* What form-js 1.8.7 leaves to wish for on a phone: keyboards, Enter, countdowns, tables as cards. */
import { left, near } from './countdown.js';
import { text } from './texts.js';
import { readTypedText } from './typed-text.js';

/* By the end of the input's id, which is that of the field. */
const INPUTS = {
  Field_code: { inputmode: 'numeric', autocomplete: 'one-time-code', enterkeyhint: 'done' },
  Field_newPhone: { inputmode: 'tel', autocomplete: 'tel', enterkeyhint: 'done' }
};

/* Milliseconds after a key in which form-js has not read the field yet. */
const UNREAD = 300;

const CLOCK = /\b\d{2}:\d{2}:\d{2}\b/;

const fieldOf = (input) => Object.keys(INPUTS).find((field) => input.id.endsWith(`-${field}`));

const setUpInputs = (form) =>
  form.querySelectorAll('input.fjs-input').forEach((input) => {
    Object.entries(INPUTS[fieldOf(input)] ?? {}).forEach(([name, value]) => {
      if (input.getAttribute(name) !== value) {
        input.setAttribute(name, value);
      }
    });
  });

/** A table's cells say which column they are of, for where they are shown below each other. */
const labelCells = (form) =>
  form.querySelectorAll('.fjs-table').forEach((table) => {
    const labels = [...table.querySelectorAll('.fjs-table-th')].map((head) => head.textContent.trim());
    table.querySelectorAll('.fjs-table-body .fjs-table-tr, tbody tr').forEach((row) =>
      [...row.children].forEach((cell, index) => {
        if (cell.dataset.label !== labels[index]) {
          cell.dataset.label = labels[index] ?? '';
        }
      })
    );
  });

/** A long notice scrolls in its place, by keyboard too, so that consent and its text are seen together. */
const setUpNotices = (form) =>
  form.querySelectorAll('.fjs-form-field-text > ul').forEach((list) => {
    if (!list.hasAttribute('tabindex') && list.children.length > 4) {
      list.classList.add('scrolls');
      list.setAttribute('tabindex', '0');
      list.setAttribute('aria-label', text('notice'));
    }
  });

/** A radio group or checklist is named by its label, which form-js leaves beside it. */
const nameGroups = (form) =>
  form.querySelectorAll('.fjs-form-field-radio, .fjs-form-field-checklist').forEach((group) => {
    const label = group.querySelector(':scope > .fjs-form-field-label:not([for])');
    if (label && !group.hasAttribute('role')) {
      group.setAttribute('role', group.classList.contains('fjs-form-field-radio') ? 'radiogroup' : 'group');
      group.setAttribute('aria-label', label.textContent.replace('*', '').trim());
    }
  });

/** A link of a form opens beside it: what has been ticked and typed stays. */
const openBeside = (form) =>
  form.querySelectorAll('a[href]:not([target])').forEach((link) => {
    link.target = '_blank';
    link.rel = 'noopener';
  });

/** '22:05:30' is followed by what is left until then. */
const count = (form) => {
  form.querySelectorAll('.fjs-form-field-text p, .fjs-form-field-text strong').forEach((part) =>
    [...part.childNodes]
      .filter((node) => node.nodeType === Node.TEXT_NODE && CLOCK.test(node.data))
      .forEach((node) => {
        let rest = node.nextSibling;
        if (!rest?.classList?.contains('countdown')) {
          const tail = node.splitText(CLOCK.exec(node.data).index + 8);
          rest = document.createElement('span');
          rest.className = 'countdown';
          tail.before(rest);
        }
        const remaining = left(near(CLOCK.exec(node.data)[0]));
        const said = remaining ? text('countdown', remaining) : '';
        if (rest.textContent !== said) {
          rest.textContent = said;
        }
      })
  );
};

/** Tasklist gives its dialogs a role and no name. */
const nameDialogs = () =>
  document.querySelectorAll('.modal[role=dialog]:not([aria-label])').forEach((dialog) => {
    dialog.setAttribute('aria-label', text('dialog'));
  });

/** The message of an alert says it all; its button has no name but a cross. */
const setUpAlerts = () =>
  document.querySelectorAll('.page-notifications .alert').forEach((alert) => {
    alert.classList.toggle('says', Boolean(alert.querySelector('.message').textContent));
    alert.querySelectorAll('.close').forEach((close) => close.setAttribute('aria-label', text('close')));
  });

const setUp = () => {
  nameDialogs();
  setUpAlerts();
  document.querySelectorAll('.fjs-container').forEach((form) => {
    setUpInputs(form);
    labelCells(form);
    setUpNotices(form);
    nameGroups(form);
    openBeside(form);
    count(form);
  });
};

/**
 * form-js reads a field some time after the key, and a form that is drawn anew meanwhile puts the old value back. While a
 * key is being taken, what it would do later is done now; its own setting for that, "debounce", is not Tasklist's to give.
 */
const readEachKey = () => {
  const later = window.setTimeout;
  let typing = false;
  const note = (now) => ({ target }) => {
    typing = now && target.matches('.fjs-container input, .fjs-container textarea');
  };
  window.addEventListener('input', note(true), true);
  window.addEventListener('input', note(false));
  window.setTimeout = (action, delay, ...rest) =>
    typing && delay === UNREAD ? void action(...rest) : later(action, delay, ...rest);
};

/** Submits the form, as the button does. */
const enter = (event) => {
  const input = event.target;
  if (event.key !== 'Enter' || event.isComposing || !input.matches?.('.fjs-container input:not([type=radio])')) {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
  /* what is wrong in it is said once it is left */
  input.blur();
  const submit = document.querySelector('.modal-footer .btn-primary:not([disabled])')
    ?? document.querySelector('.form-actions .btn-primary:not([disabled])');
  if (submit) {
    submit.click();
  } else {
    input.focus();
  }
};

export const help = () => {
  readEachKey();
  let waiting;
  new MutationObserver(() => {
    window.cancelAnimationFrame(waiting);
    waiting = window.requestAnimationFrame(setUp);
  }).observe(document.body, { childList: true, subtree: true });
  window.setInterval(() => document.querySelectorAll('.fjs-container').forEach(count), 1000);
  readTypedText();
  document.addEventListener('keydown', enter, true);
  setUp();
};
