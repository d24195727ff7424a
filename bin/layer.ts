import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeOptions, parameterVariable } from '#lib/failure-layer.ts';
import { zippedLayer } from './zipped-layer.ts';

/** `npm run layer`: the failure layer as a zip, for functions that are not deployed with CDK. */
const dist = fileURLToPath(new URL('../dist/', import.meta.url));
mkdirSync(dist, { recursive: true });
writeFileSync(join(dist, 'failure-layer.zip'), zippedLayer());
console.log(`made dist/failure-layer.zip. For the function's environment:

  NODE_OPTIONS=${nodeOptions()}
  ${parameterVariable}=/chaos/failures/FUNCTION`);
