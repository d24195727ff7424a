import { existsSync, readFileSync, writeSync } from 'node:fs';
import module from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Starts an entry point of this folder: `npm start` is `node bin/checked.js start`. In plain JavaScript, for whoever has installed
 * nothing yet, or has an older Node: they are told in one line what to type. Without a name it only looks, before a script of npm that
 * starts something else: `npm test`.
 */
const [name] = process.argv.splice(2, 1);
const words = process.argv.slice(2);
const clone = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const oldestNode = 24;

// First thing: whoever types Ctrl-C right after `stop` must not think that it is stopped. The command itself takes over.
const isStop = name === 'chaos' && words.some((word) => /^-{0,2}stop$/i.test(word));
if (isStop) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => {
      writeSync(2, asError('Interrupted.'));
      process.exit(1);
    });
  }
}

const commands = {
  chaos: ['./chaos', ...words.map(shellWord)].join(' '),
  start: 'npm start',
  app: 'npx cdk synth',
};
const script = process.env.npm_lifecycle_event?.replace(/^pre/, '');
const install = `Type: (cd '${clone}' && npm ci)`;

stayInAFolder();
if (!existsSync(join(clone, 'node_modules', 'commander'))) {
  refuse(`This clone is not set up. ${install}`);
} else if (Number.parseInt(process.versions.node, 10) < oldestNode) {
  refuse(
    `This needs Node ${oldestNode}, which the clone brings, and runs on ${process.version}. Type: ${commands[name] ?? `npm run ${name ?? script}`}`,
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
    refuse(`This clone is not set up for the version it is at. ${install}`);
  }
}

/** In one that was deleted nothing can be found, and Node itself fails. */
function stayInAFolder() {
  try {
    process.cwd();
  } catch {
    process.chdir(clone);
    console.error(`This folder is not there any more. In its place: ${clone}`);
  }
}

/** @param {string} message */
function refuse(message) {
  process.stderr.write(asError(message));
  process.exitCode = 2;
}

/** @param {string} message */
function asError(message) {
  if (!isStop) return `error: ${message}\n`;
  return `error: NOT STOPPED. ${message}\n${readFileSync(join(clone, 'bin', 'not-stopped.txt'), 'utf8')}`;
}

/** As in core/, which an older Node cannot read. @param {string} text */
function shellWord(text) {
  return /^[\w./@%+=:,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
