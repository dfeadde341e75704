/* What our scripts say, in the language of the page: Chinese, English. {} are filled in, in turn. */
const TEXTS = {
  title: ['账户安全', 'Account security'],
  panel: ['我的办理', 'My requests'],
  withdraw: ['撤回申请', 'Withdraw request'],
  withdrawSure: [
    '撤回后，这次{}不再办理，账户照常使用。确定撤回吗？',
    'After that this request ({}) goes no further and your account works as before. Withdraw it?'
  ],
  withdrawNo: ['不撤回', 'Keep the request'],
  withdrawYes: ['确定撤回', 'Yes, withdraw'],
  withdrawFailed: [
    '没有撤回成功，申请还在。请再点一次；一直如此，请联系客服。',
    'The request was not withdrawn and is still there. Try again; if it keeps failing, contact customer service.'
  ],
  withdrawOffline: [
    '网络不通，没有撤回成功，申请还在。请检查网络后再点一次。',
    'There is no network: the request was not withdrawn and is still there. Check the network and try again.'
  ],
  step: ['第 {} 步，共 {} 步：{}', 'Step {} of {}: {}'],
  processing: ['正在处理', 'In progress'],
  takes: ['（{}）', ' ({})'],
  next: ['。接下来：{}', '. Next: {}'],
  stop: ['。', '.'],
  waiting: ['正在处理{}。不用等在这里，办好后会自动显示下一步。', 'In progress{}. You need not wait here: the next step appears by itself.'],
  doing: ['：{}', ': {}'],
  goOn: ['继续办理：{}', 'Continue: {}'],
  restricted: ['账户暂停办理', 'Your account is restricted'],
  ended: ['{}：{}', '{}: {}'],
  endedAloud: ['{}：{}。{}', '{}: {}. {}'],
  openAloud: ['{}，{}{}', '{}. {} {}'],
  movedOn: ['上一步已在别处完成，您在这里填的没有提交。下面是最新进度。', 'The last step was done elsewhere; what you entered here was not submitted. This is where it stands now. '],
  offered: ['您要办理什么？', 'What would you like to do?'],
  plan: ['共 {} 步：{}', '{} steps: {}'],
  expired: ['这一步已到期，正在更新。', 'This step has expired and is being updated.'],
  left: ['这一步还剩 {}。', '{} left for this step.'],
  until: ['请在 {} 月 {} 日 {} 前完成这一步。', 'Complete this step by {}-{} {}.'],
  notice: ['须知全文', 'The whole notice'],
  countdown: ['（还有 {}）', ' ({} left)'],
  dialog: ['开始办理', 'Start a request'],
  close: ['关闭', 'Close']
};

const LANGUAGE = document.documentElement.lang === 'en' ? 1 : 0;

export const text = (key, ...values) => values.reduce((said, value) => said.replace('{}', () => value), TEXTS[key][LANGUAGE]);
