// Says what the schema of Camunda Modeler's element templates has against the files given.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { validate } from '@bpmn-io/element-templates-validator';

for (const file of process.argv.slice(2)) {
  for (const error of validate(JSON.parse(readFileSync(file))).errors || []) {
    console.log(`${basename(file)}: ${error.dataPath || error.instancePath} ${error.message}`);
  }
}
