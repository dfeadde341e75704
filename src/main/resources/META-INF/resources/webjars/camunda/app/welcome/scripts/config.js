/* Replaces Welcome's own config.js; the name and the language as in Tasklist's. */
const chinese = /^zh\b/i.test(navigator.language);
document.documentElement.lang = chinese ? 'zh-CN' : 'en';

/* As in Tasklist's. */
window.require.config({ waitSeconds: 0 });

export default {
  app: {
    name: '账户安全',
    /* an empty one would read Camunda: this is a space of no width */
    vendor: '\u200b'
  },
  locales: {
    availableLocales: ['zh', 'en'],
    fallbackLocale: chinese ? 'zh' : 'en'
  }
};
