import { existsSync, readFileSync, writeSync } from 'node:fs';
import module from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Starts an entry point of this folder: `npm start` is `node bin/checked.js start`. Plain JavaScript, so that users who have installed
 * nothing yet, or have an older Node, get one line that tells them what to type. Without a name it only checks, before an npm script
 * that starts something else: `npm test`.
 */
const [name] = process.argv.splice(2, 1);
const words = process.argv.slice(2);
const clone = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const oldestNode = 24;

// Comes first: a user who presses Ctrl-C right after `stop` must not think that it is stopped. The command itself takes over later.
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
  'verify-aws': 'npm run verify:aws',
};
const script = process.env.npm_lifecycle_event?.replace(/^pre/, '');
const install = `Type: (cd '${clone}' && npm ci)`;

ensureWorkingDirectory();
if (!existsSync(join(clone, 'node_modules', 'commander'))) {
  refuse(`This clone is not set up. ${install}`);
} else if (Number.parseInt(process.versions.node, 10) < oldestNode) {
  refuse(
    `This needs Node ${oldestNode}, which is part of the clone, but runs on ${process.version}. Type: ${commands[name] ?? `npm run ${name ?? script}`}`,
  );
} else if (name !== undefined) {
  // Caching compiled code halves the time of a command. Not in Node's default folder: other users could write to a folder in
  // /tmp. If the folder cannot be written, nothing is cached.
  module.enableCompileCache(join(clone, 'node_modules', '.cache', 'chaos'));
  try {
    await import(`./${name}.ts`);
  } catch (error) {
    if (error?.code !== 'ERR_MODULE_NOT_FOUND' || !error.message.startsWith('Cannot find package'))
      throw error;
    refuse(`The installed packages do not match this version of the clone. ${install}`);
  }
}

/** Node fails in a working directory that was deleted. */
function ensureWorkingDirectory() {
  try {
    process.cwd();
  } catch {
    process.chdir(clone);
    console.error(`This folder no longer exists. Using ${clone}`);
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

/** A copy of the function in core/, which an older Node cannot load. @param {string} text */
function shellWord(text) {
  return /^[\w./@%+=:,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
