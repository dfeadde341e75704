/*
 * Makes Tasklist a page for a customer: the step first, the next task by itself, nothing that is for clerks. Staff, of whom
 * the server knows no own requests, keep Tasklist as it is.
 */
import { now, standing, withdraw } from './own-requests.js';
import { until } from './countdown.js';
import { help } from './holder-forms.js';

const SOON = 1500;
const NOW_AND_THEN = 20000;
const NEWS = 5000;
/* Tasklist asks once for a task and its form; where the answer is lost it says so, or nothing, for ever. */
const LOST = 15000;
/* How often the page was loaded anew for it. */
const LOADS = 'loads-without-form';
/* A task that a job makes is there a moment after the submission. */
const AFTER_A_SUBMISSION = [0, 300, 800, 1500];

const heading = document.createElement('h1');
heading.className = 'sr-only';
heading.textContent = '账户安全';

const panel = document.createElement('section');
panel.className = 'own-requests';
panel.setAttribute('aria-label', '我的办理');
panel.tabIndex = -1;

let known;
let patience = SOON;
let current;
let met;
let withoutForm;
let timer;
let asked = 0;
let loggingOut = false;
let announced = '';
let open = [];
/* Tasks that were submitted here, whatever the answer; requests whose task was done in another tab or on another device. */
const submitted = new Set();
const movedOn = new Set();
const MOVED_ON = '上一步已在别处完成，您在这里填的没有提交。下面是最新进度。';

const element = (name, className, text) => {
  const created = document.createElement(name);
  created.className = className;
  created.textContent = text ?? '';
  return created;
};

const address = () => new URLSearchParams(window.location.hash.split('?')[1]);

const go = (changes) => {
  const search = address();
  Object.entries(changes).forEach(([key, value]) => (value === null ? search.delete(key) : search.set(key, value)));
  window.location.hash = `#/?${search}`;
};

const openTask = (task) => go({ task: task.id, detailsTab: null });

const button = (text, action) => {
  const created = element('button', 'own-requests-action', text);
  created.type = 'button';
  created.addEventListener('click', action);
  return created;
};

/* Two taps: the second one, on another button, withdraws. */
const withdrawalOf = (request) => {
  const offer = element('div', 'own-requests-withdrawal');
  const told = element('p', 'own-requests-withdrawn');
  told.setAttribute('role', 'alert');
  const quiet = (text, action) => {
    const created = button(text, action);
    created.className = 'own-requests-quiet';
    return created;
  };
  const ask = quiet('撤回申请', () => {
    const sure = element('p', '', `撤回后，这次${request.process}不再办理，账户照常使用。确定撤回吗？`);
    const no = quiet('不撤回', () => {
      offer.replaceChildren(ask);
      ask.focus();
    });
    const yes = quiet('确定撤回', async () => {
      yes.disabled = true;
      no.disabled = true;
      told.textContent = await withdraw(request);
      offer.replaceChildren(ask, ...(told.textContent ? [told] : []));
      since = 0;
      look();
    });
    offer.replaceChildren(sure, yes, no);
    yes.focus();
  });
  offer.append(ask);
  return offer;
};

const stepOf = (request) => {
  const list = element('ol', 'own-requests-steps');
  request.steps.forEach((name, index) => {
    const item = element('li', index + 1 < request.step ? 'done' : '', name);
    if (index + 1 === request.step) {
      item.setAttribute('aria-current', 'step');
    }
    list.append(item);
  });
  return list;
};

const lineOf = (request) => {
  const where = request.step
    ? `第 ${request.step} 步，共 ${request.steps.length} 步：${request.steps[request.step - 1]}`
    : '正在处理';
  const next = request.steps[request.step];
  return [where, request.takes && `（${request.takes}）`, next && `。接下来：${next}`].filter(Boolean).join('') + '。';
};

const requestOf = (request, shown) => {
  const card = element('article', 'own-request');
  if (movedOn.has(request.id)) {
    card.append(element('p', 'own-requests-moved-on', MOVED_ON));
  }
  card.append(element('h2', '', request.process), stepOf(request), element('p', 'own-requests-line', lineOf(request)));
  if (!request.task) {
    card.append(element('p', 'own-requests-waiting', `正在处理${request.doing ? `：${request.doing}` : ''}。不用等在这里，办好后会自动显示下一步。`));
  } else if (request.task.id !== shown) {
    card.append(button(`继续办理：${request.task.name}`, () => openTask(request.task)));
  } else if (request.task.until && !request.task.action) {
    const time = element('p', 'own-requests-until', until(request.task.until));
    time.dataset.until = request.task.until;
    card.append(time);
  }
  if (request.task?.news) {
    card.append(element('p', 'own-requests-delivery', request.task.news));
  }
  if (request.withdrawable) {
    card.append(withdrawalOf(request));
  }
  return card;
};

/* Tasklist opens the start form of the process whose key is in the address. */
const choose = (process) => go({ task: null, processStart: process.key });

/** Says it to a screen reader too, once. */
const announce = (text) => {
  if (text !== announced) {
    announced = text;
    panel.querySelector('[role=status]').textContent = text;
  }
};

/** A task that goes neither by its time nor by this page has been done elsewhere, and what was filled in here is lost. */
const noteMovedOn = (found) => {
  open.filter(({ id, task }) => task && !task.action && !submitted.has(task.id)
      && (!task.until || new Date(task.until) > now())
      && found.some((request) => request.id === id && request.task?.id !== task.id))
    .forEach(({ id }) => movedOn.add(id));
  open = found;
};

const render = ({ ended, offered, restriction }, shown) => {
  const state = JSON.stringify([open, ended, offered, restriction, shown, [...movedOn]]);
  if (state === known) {
    return;
  }
  known = state;
  const status = panel.querySelector('[role=status]') ?? element('p', 'sr-only');
  status.setAttribute('role', 'status');
  panel.replaceChildren(status);
  if (restriction) {
    const restricted = element('div', 'own-requests-news');
    restricted.append(element('strong', '', '账户暂停办理'), element('p', '', restriction));
    panel.append(restricted);
  }
  if (ended) {
    const news = element('div', 'own-requests-news');
    news.append(element('strong', '', `${ended.process}：${ended.outcome}`), element('p', '', ended.meaning));
    panel.append(news);
  }
  open.forEach((request) => panel.append(requestOf(request, shown)));
  if (!open.length && !restriction) {
    const choice = element('div', 'own-requests-offered');
    choice.append(element('h2', '', '您要办理什么？'));
    offered.forEach((process) =>
      choice.append(
        button(process.name, () => choose(process)),
        element('p', 'own-requests-plan', `共 ${process.steps.length} 步：${process.steps.join(' → ')}`)
      )
    );
    panel.append(choice);
  }
  announce(
    open.length
      ? `${movedOn.has(open[0].id) ? MOVED_ON : ''}${open[0].process}，${lineOf(open[0])}${open[0].task?.news ?? ''}`
      : ended
        ? `${ended.process}：${ended.outcome}。${ended.meaning ?? ''}`
        : restriction ?? ''
  );
};

/* What the form has said of what may change meanwhile. */
const told = new Set();

/** Lets the form say it as it is now; Tasklist reads a form once. */
const renew = (news) => {
  told.add(news);
  document.querySelectorAll('.fjs-form-field-text p').forEach((text) => {
    if (told.has(text.textContent) && text.textContent !== news) {
      text.textContent = news;
    }
  });
};

/* The last answer, and since when: for a while it is as good as another one, unless something is submitted. */
let latest;
let since = 0;

const ask = () => {
  since = Date.now();
  latest = standing();
  return latest;
};

/* A page that has no form is loaded anew, ever later: what is wrong may last. */
const loadAnew = (good) => {
  const loads = good ? 0 : Number(window.sessionStorage.getItem(LOADS));
  const lost = now() - withoutForm > LOST * 2 ** loads;
  window.sessionStorage.setItem(LOADS, loads + (lost ? 1 : 0));
  if (lost) {
    window.location.reload();
  }
};

const look = async (answer) => {
  window.clearTimeout(timer);
  if (loggingOut || window.location.hash.startsWith('#/login')) {
    return;
  }
  const question = ++asked;
  const found = await (answer ?? ask());
  if (question !== asked) {
    /* the answer to a later question is newer: what this one says may have been submitted meanwhile */
    return;
  }
  if (found) {
    const dialog = document.querySelector('.modal-dialog');
    const tasks = found.open.map((request) => request.task).filter(Boolean);
    const shown = address().get('task');
    current = tasks.find((task) => task.id === shown) ?? tasks[0];
    const formless = !dialog && shown && shown === current?.id && !document.querySelector('.task-details .fjs-container');
    withoutForm = formless ? withoutForm ?? now() : undefined;
    if (!dialog && current && current.id !== shown) {
      openTask(current);
    } else if (!dialog && shown && (!current || document.querySelector('.task-removed'))) {
      /* Tasklist asks now and then whether its task is still there. The answer may be about the one before, and come when
         the next is shown, whose button would stay dead: so that one is opened anew. */
      go({ task: null, detailsTab: null });
    }
    loadAnew(shown && !formless);
    noteMovedOn(found.open);
    document.documentElement.classList.toggle('holder-has-task', Boolean(current));
    render(found, current?.id);
    if (current?.news) {
      renew(current.news);
    }
    if (met !== current?.id && !dialog) {
      met = current?.id;
      /* whoever uses a keyboard or a screen reader goes on from here, not from where a button was */
      window.scrollTo(0, 0);
      panel.focus({ preventScroll: true });
    }
  }
  window.clearTimeout(timer);
  const due = current?.until ? new Date(current.until) - now() : NOW_AND_THEN;
  const waits = !found || withoutForm || found.open.some((request) => !request.task);
  /* what takes long is looked at less and less often, and not at all behind another page */
  patience = waits ? Math.min(NOW_AND_THEN, patience * 1.3) : SOON;
  if (!document.hidden) {
    timer = window.setTimeout(look, waits ? patience : Math.min(current?.news ? NEWS : NOW_AND_THEN, Math.max(SOON, due)));
  }
};

/* What is being submitted or has been: the id of a task, or the button of a start dialog. */
const sent = new Set();

const SUBMISSION = /(?:\/task\/([^/]+))?\/submit-form(\?|$)/;

/* Tasklist asks now and then whether its task is still there, and disables the button when it is not. */
const TASK = /\/task\/[^/?]+$/;

/* Tasklist leaves what went wrong where it is, when it has long gone well too. */
const closeErrors = () =>
  document.querySelectorAll('.page-notifications .close').forEach((close) => close.click());

const LOGOUT = /\/logout(\?|$)/;

/** The requests may stand elsewhere after whatever Tasklist submits, successfully or not, and once it finds its task gone. */
const lookAfterSubmissions = () => {
  const begin = XMLHttpRequest.prototype.open;
  XMLHttpRequest.prototype.open = function (method, url, ...rest) {
    if (LOGOUT.test(url)) {
      loggingOut = true;
      this.addEventListener('loadend', () => {
        loggingOut = this.status > 0 && this.status < 400;
        look();
      });
    }
    if (TASK.test(url)) {
      this.addEventListener('loadend', () => {
        if (this.status === 404 && Date.now() - since < SOON) {
          window.setTimeout(look, SOON);
        } else if (this.status === 404) {
          look();
        }
      });
    }
    const submission = SUBMISSION.exec(url);
    if (submission) {
      const key = submission[1] ?? document.querySelector('.modal-footer .btn-primary');
      sent.add(key);
      submitted.add(key);
      movedOn.clear();
      this.addEventListener('loadend', () => {
        if (this.status === 0 || this.status >= 400) {
          sent.delete(key);
          if (this.status === 409) {
            /* the form is not what it was: Tasklist reads it anew where the task is opened anew, and keeps the reason on the page */
            go({ task: null, detailsTab: null });
          }
        } else {
          closeErrors();
        }
        since = 0;
        AFTER_A_SUBMISSION.forEach((wait) => window.setTimeout(look, wait));
      });
    }
    return begin.call(this, method, url, ...rest);
  };
};

/** A second click submits nothing; Tasklist's buttons stay where they are until the answer is there, and a while after. */
const submitOnce = (event) => {
  const submit = event.target.closest?.('.form-actions .btn-primary, .modal-footer .btn-primary');
  if (submit && sent.has(submit.closest('.modal-footer') ? submit : address().get('task') ?? current?.id)) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
};

/** What the button does is said on it: in a cooling-off period it withdraws, which nobody expects of "submit". */
const nameButton = () => {
  const submit = document.querySelector('.form-actions .btn-primary');
  const text = submit?.textContent.trim();
  if (!text || text.includes('{{')) {
    return;
  }
  submit.dataset.label = submit.dataset.label ?? text;
  const wanted = current?.action ?? submit.dataset.label;
  if (text !== wanted) {
    submit.textContent = wanted;
  }
};

const tick = () =>
  panel.querySelectorAll('[data-until]').forEach((time) => {
    time.textContent = until(time.dataset.until);
  });

/* Tasklist titles the page after itself. */
const title = () => {
  if (document.title !== '账户安全') {
    document.title = '账户安全';
  }
};

const begin = () => {
  document.documentElement.classList.add('holder');
  new MutationObserver(title).observe(document.querySelector('title'), { childList: true });
  title();
  const page = document.querySelector('.site-wrap');
  page.setAttribute('role', 'main');
  page.prepend(heading, panel);
  lookAfterSubmissions();
  help();
  document.addEventListener('click', submitOnce, true);
  window.addEventListener('hashchange', () => look(Date.now() - since < NEWS ? latest : undefined));
  document.addEventListener('visibilitychange', () => document.hidden || look());
  window.setInterval(tick, 1000);
  new MutationObserver(nameButton).observe(document.body, { childList: true, subtree: true, characterData: true });
  look(latest);
};

/**
 * Tasklist begins once its scripts are there, and waits for one that has a "then". Without an answer nobody knows who
 * asks: staff must not get a customer's page, nor customers that of staff.
 */
export const then = async (ready) => {
  let begun = await ask();
  while (begun === undefined) {
    await new Promise((again) => window.setTimeout(again, SOON));
    begun = await ask();
  }
  if (begun) {
    begin();
  }
  ready({});
};
