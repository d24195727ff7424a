import { existsSync } from 'node:fs';
import module from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Starts an entry point of this folder: `npm start` is `node bin/checked.js start`. In plain JavaScript, for whoever has installed
 * nothing yet, or has an older Node: they are told in one line what to type. Without a name it only looks, before a script of npm that
 * starts something else: `npm test`.
 */
const [name] = process.argv.splice(2, 1);
const clone = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const oldestNode = 24;

const commands = { chaos: './chaos', start: 'npm start', app: 'npx cdk synth' };
const script = process.env.npm_lifecycle_event?.replace(/^pre/, '');
const install = `Type: (cd '${clone}' && npm ci)`;

if (!existsSync(join(clone, 'node_modules', 'commander'))) {
  refuse(`this clone is not set up. ${install}`);
} else if (Number.parseInt(process.versions.node, 10) < oldestNode) {
  refuse(
    `this needs Node ${oldestNode}, which the clone brings, and runs on ${process.version}. Type: ${commands[name] ?? `npm run ${name ?? script}`}`,
  );
} else if (name !== undefined) {
  // What was compiled is kept, which halves the time that a command takes. Not where Node would keep it by itself: others could
  // fill a folder in /tmp. Where nothing can be written, nothing is kept.
  module.enableCompileCache(join(clone, 'node_modules', '.cache', 'chaos'));
  try {
    await import(`./${name}.ts`);
  } catch (error) {
    if (error?.code !== 'ERR_MODULE_NOT_FOUND' || !error.message.startsWith('Cannot find package'))
      throw error;
    refuse(`this clone is not set up for the version it is at. ${install}`);
  }
}

/** @param {string} message */
function refuse(message) {
  console.error(`error: ${message}`);
  process.exitCode = 2;
}
