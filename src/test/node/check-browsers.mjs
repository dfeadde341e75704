// Writes what in the scripts and style sheets that are given the oldest browser of docs/owners/tasklist.md does not know.
import { readFile } from 'node:fs/promises';
import doiuse from 'doiuse';
import { Linter } from 'eslint';
import es from 'eslint-plugin-es-x';
import postcss from 'postcss';

const OLDEST = ['safari 14.1', 'ios_saf 14.5', 'chrome 90'];
// without these a page looks a little different, and is used as before
const ORNAMENTS = ['css-focus-visible', 'css-resize', 'extended-system-fonts'];

const { rules } = es.configs['flat/restrict-to-es2020'];

const language = {
  files: ['**'],
  languageOptions: { ecmaVersion: 2020, sourceType: 'module' },
  plugins: { 'es-x': es },
  settings: { 'es-x': { aggressive: true } },
  rules: {
    // methods of iterators are named as those of arrays are
    ...Object.fromEntries(Object.entries(rules).filter(([name]) => !name.includes('iterator-prototype'))),
    'es-x/no-regexp-lookbehind-assertions': 'error'
  }
};

const checkScript = (file, text) =>
  new Linter({ cwd: '/' })
    .verify(text, language, { filename: file, allowInlineConfig: false })
    .forEach(({ line, message }) => console.log(`${file}:${line}: ${message}`));

const checkStyles = async (file, text) => {
  const onFeatureUsage = ({ feature, featureData, usage }) => {
    if (featureData.missing && !ORNAMENTS.includes(feature)) {
      console.log(`${file}:${usage.source.start.line}: ${featureData.title} is not in ${featureData.missing}`);
    }
  };
  await postcss([doiuse({ browsers: OLDEST, onFeatureUsage })]).process(text, { from: file });
};

for (const file of process.argv.slice(2)) {
  await (file.endsWith('.css') ? checkStyles : checkScript)(file, await readFile(file, 'utf8'));
}
