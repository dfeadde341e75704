/* Replaces Welcome's own config.js; the name and the language as in Tasklist's. */
const chinese = document.documentElement.lang !== 'en';

/* As in Tasklist's. */
window.require.config({ waitSeconds: 0 });

export default {
  app: {
    name: chinese ? '账户安全' : 'Account security',
    /* an empty one would read Camunda: this is a space of no width */
    vendor: '\u200b'
  },
  locales: {
    availableLocales: ['zh', 'en'],
    fallbackLocale: chinese ? 'zh' : 'en'
  }
};
