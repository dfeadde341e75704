// Lints BPMN files by a configuration, and writes each into a folder as Modeler's library has read it.
import { deepStrictEqual } from 'node:assert';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { BpmnModdle } from 'bpmn-moddle';
import { Linter } from 'bpmnlint';
import NodeResolver from 'bpmnlint/lib/resolver/node-resolver.js';

const camunda = createRequire(import.meta.url)('camunda-bpmn-moddle/resources/camunda.json');
const moddle = new BpmnModdle({ camunda });
const resolver = new NodeResolver();
const [configuration, folder, ...files] = process.argv.slice(2);
const config = JSON.parse(readFileSync(configuration));

for (const file of files) {
  const read = await moddle.fromXML(readFileSync(file, 'utf8'));
  const said = plain(read.rootElement);
  const { xml } = await moddle.toXML(read.rootElement, { format: true });
  const again = await moddle.fromXML(xml);
  deepStrictEqual(plain(again.rootElement), said, file);
  writeFileSync(join(folder, basename(file)), xml);

  read.warnings.forEach(warning => complain(file, warning.message));
  // a linter would remember the flows of the file before
  const results = await new Linter({ resolver }).lint(read.rootElement, config);
  for (const [rule, reports] of Object.entries(results)) {
    reports.forEach(report => complain(file, `${report.id} ${report.message} (${rule})`));
  }
}

function complain(file, message) {
  console.log(`${basename(file)}: ${message}`);
}

/** What an element and all within it say, and the ids of what they refer to. */
function plain(element) {
  const said = { type: element.$type, ...element.$attrs };
  for (const [name, value] of Object.entries(element)) {
    said[name] = Array.isArray(value) ? value.map(each => part(each, element)) : part(value, element);
  }
  return said;
}

function part(value, whole) {
  return !value?.$type ? value : value.$parent === whole ? plain(value) : value.id;
}
