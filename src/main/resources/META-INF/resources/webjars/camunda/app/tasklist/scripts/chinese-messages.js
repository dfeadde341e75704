/*
 * What Tasklist shows in English whatever the locale is, said in Chinese: the messages of form-js, and those of a request
 * that got no answer. {} is what form-js fills in.
 */
const MESSAGES = {
  'Field is required.': '请填写或选择这一项。',
  'Field must match pattern {}.': '格式不对，请检查后重新填写。',
  'Field must have minimum length of {}.': '至少要填 {} 位。',
  'Field must have maximum length of {}.': '最多能填 {} 位。',
  'Field must have minimum value of {}.': '不能小于 {}。',
  'Field must have maximum value of {}.': '不能大于 {}。',
  'Field must be a valid email.': '邮箱地址不对，请检查后重新填写。',
  'Field must be a valid  international phone number. (e.g. +4930664040900)': '请填写带国家代码的手机号，例如 +8613800138000。',
  'Value is not a number.': '请填写数字。',
  'Value is expected to be an integer.': '请填写整数。',
  'Value is expected to have at most {} decimal digit{}.': '最多保留 {} 位小数。',
  'Please select a valid value, the two nearest valid values are {} and {}.': '请改成可选的值，最接近的是 {} 和 {}。',
  'Date and time must both be entered.': '请把日期和时间都填上。',
  'Search': '搜索',
  'Skip to search': '跳到搜索',
  'No results': '没有找到',
  'All values selected': '已全部选中',
  'Remove tag': '去掉这一项',
  'Increment': '加',
  'Decrement': '减',
  'hh:mm': '时:分',
  'hh:mm ?m': '时:分',
  'Nothing to show.': '这里还没有内容。',
  ' of ': ' / ',
  'Previous page': '上一页',
  'Next page': '下一页',
  'Click to sort by {} descending': '按“{}”从大到小排列',
  'Click to sort by {} ascending': '按“{}”从小到大排列',
  'Click to remove sorting': '恢复原来的顺序',
  'Add new': '添加',
  'Expand all ({})': '全部展开（{}）',
  'Collapse': '收起',
  'Remove list item {}': '去掉第 {} 项',
  'No content to show.': '这里还没有内容。',
  'External content couldn\'t be loaded.': '外部内容没能加载。',
  'This is an image placeholder': '图片',
  'Unsuccessful HTTP response': '暂时连不上，请稍后再试。',
  'Request has been terminated\nPossible causes: the network is offline, Origin is not allowed by Access-Control-Allow-Origin, the page is being unloaded, etc.':
    '网络不通，请检查网络后再试。'
};

/* The same, in the words of the browsers, of a proxy and of the servlet container. */
const NO_ANSWER = {
  'Failed to fetch': '网络不通，请检查网络后再试。',
  'Load failed': '网络不通，请检查网络后再试。',
  'NetworkError when attempting to fetch resource.': '网络不通，请检查网络后再试。',
  '{}Bad Gateway': '暂时连不上，请稍后再试。',
  '{}Service Unavailable': '暂时连不上，请稍后再试。',
  '{}Service Temporarily Unavailable': '暂时连不上，请稍后再试。',
  '{}Gateway Timeout': '暂时连不上，请稍后再试。',
  '{}Gateway Time-out': '暂时连不上，请稍后再试。',
  '{"timestamp":{}': '暂时连不上，请稍后再试。'
};

/* What Tasklist could not load, in front of why: '<task> <- 这一步…' */
const NOT_LOADED = /^(<|&lt;)\w+(>|&gt;) (<|&lt;)- /;

const PLACES = '.fjs-container, .alert .message, .alert .status';
const ATTRIBUTES = ['placeholder', 'title', 'aria-label', 'alt'];

const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const RULES = Object.entries({ ...MESSAGES, ...NO_ANSWER }).map(([english, chinese]) => ({
  pattern: new RegExp(`^${english.split('{}').map(escape).join('(.*)')}$`),
  chinese
}));

/** The message in Chinese, or undefined if it is none of these. */
const inChinese = (message) => {
  if (NOT_LOADED.test(message)) {
    const reason = message.replace(NOT_LOADED, '');
    return inChinese(reason) ?? reason;
  }
  for (const { pattern, chinese } of RULES) {
    const found = pattern.exec(message);
    if (found) {
      return found.slice(1).reduce((text, value) => text.replace('{}', () => value), chinese);
    }
  }
};

/** Changes only what is English: a change of its own must not come back as one to look at. */
const translate = (node) => {
  if (!(node.closest ? node : node.parentElement)?.closest(PLACES)) {
    return;
  }
  if (node.nodeType === Node.TEXT_NODE) {
    const chinese = inChinese(node.data);
    if (chinese) {
      node.data = chinese;
    }
    return;
  }
  for (const name of ATTRIBUTES) {
    const chinese = inChinese(node.getAttribute(name));
    if (chinese) {
      node.setAttribute(name, chinese);
    }
  }
};

const translateAll = (root) => {
  const nodes = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = root; node; node = nodes.nextNode()) {
    translate(node);
  }
};

new MutationObserver((mutations) =>
  mutations.forEach(({ type, target, addedNodes }) =>
    type === 'childList' ? addedNodes.forEach(translateAll) : translate(target)
  )
).observe(document.body, {
  subtree: true,
  childList: true,
  characterData: true,
  attributes: true,
  attributeFilter: ATTRIBUTES
});
