/* Replaces Tasklist's own config.js. */

/* One locale, not two: of preferred and fallback locale the dates take whichever file arrives last. */
const chinese = /^zh\b/i.test(navigator.language);
document.documentElement.lang = chinese ? 'zh-CN' : 'en';

export default {
  app: {
    name: '账户安全',
    vendor: ''
  },
  locales: {
    availableLocales: ['zh', 'en'],
    fallbackLocale: chinese ? 'zh' : 'en'
  },
  customScripts: ['scripts/login', 'scripts/no-drafts', ...(chinese ? ['scripts/chinese-messages'] : [])],
  disableWelcomeMessage: true,
  shortcuts: {}
};
