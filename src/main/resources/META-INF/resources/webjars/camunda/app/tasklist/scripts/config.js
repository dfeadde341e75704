/* Replaces Tasklist's own config.js. */

/* One locale, not two: of preferred and fallback locale the dates take whichever file arrives last. */
/* The page says the language that the server speaks to this browser. */
const chinese = document.documentElement.lang !== 'en';

/* The server's build, which the page names in the addresses of its files: no browser keeps an old script or text. */
const [, build] = /\/static\/([^/]+)\//.exec(document.querySelector('link[href*="/user-styles.css"]').href);
window.bust = build;

/* A script may take its time on a slow network: given up after seven seconds, it would never be asked for again. The page
   means to say so itself, to a loader that comes too late to hear it. */
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
  },
  customScripts: ['scripts/login', 'scripts/no-drafts', 'scripts/holder', ...(chinese ? ['scripts/chinese-messages'] : [])].map(
    (script) => `../../static/${build}/app/tasklist/${script}`
  ),
  disableWelcomeMessage: true,
  shortcuts: {}
};
