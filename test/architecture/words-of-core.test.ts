import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Words that only one kind of target has: as a name, a part of a name, or in a text. */
const wordsOfKinds = /instance(?!of\b)|\bec2\b|auto.?scaling|\basg\b|scale.?in/i;

/** What core says about a kind of target all the same, and why. */
const exceptions: Readonly<Record<string, string>> = {
  'core/config/config-sections.ts':
    'The configuration is one document that people write, and some of its tags and guards are about instances.',
  'core/config/config.ts': 'A configuration that names no fault has ec2-terminate.',
  'core/experiment/file/import/known-actions.ts': 'The actions of the Chaos Toolkit are about kinds.',
  'core/experiment/file/import/to-replace.ts': 'The address of a metadata service has one in it.',
  'core/experiment/file/init/find-subject.ts': 'People ask about kinds, in their own words.',
  'core/experiment/file/init/kinds-in.ts': 'People ask about kinds, in their own words.',
  'core/experiment/file/init/questions.ts': 'People ask about kinds, in their own words.',
};

/** The lines of code, without comments: these may give examples. */
function saidIn(file: string): readonly string[] {
  const code = readFileSync(join(root, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  return code.split('\n').filter((line) => wordsOfKinds.test(line));
}

test('core speaks of groups and targets, and of no kind of them', () => {
  const said = globSync('core/**/*.ts', { cwd: root }).filter((file) => saidIn(file).length > 0);
  expect(said.toSorted()).toEqual(Object.keys(exceptions).toSorted());
  expect(saidIn('core/config/config.ts').map((line) => line.trim())).toEqual([
    ".prefault(['ec2-terminate'])",
  ]);
});
