/* Replaces Tasklist's own config.js. */
export default {
  app: {
    name: '账户安全',
    vendor: ''
  },
  customScripts: ['scripts/login', 'scripts/no-drafts'],
  disableWelcomeMessage: true,
  shortcuts: {}
};
