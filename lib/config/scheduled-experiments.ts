import { readFileSync } from 'node:fs';
import { basename, dirname, extname, resolve } from 'node:path';
import type { Known } from '#core/experiment/file/known.ts';
import { readExperiment } from '#core/experiment/file/read-experiment.ts';
import { mostCharacters } from '#core/experiment/file/read-yaml.ts';
import type { Experiment } from '#core/model/experiment.ts';
import { messageOf } from '#core/util/error-text.ts';
import { InvalidInput, type Mistake } from '#core/util/parse.ts';
import { configName } from './config-file.ts';

/** An experiment that runs by itself. */
export interface ScheduledExperiment {
  /** Of its schedule, and unique: `chaos-experiment-latency`. */
  readonly name: string;
  /** Of its file. */
  readonly text: string;
  readonly schedule: NonNullable<Experiment['schedule']>;
}

/** Of all files. They are in the stack's template, which has at most 1 MB, twice escaped. */
const mostCharactersInAll = 300_000;
/** A schedule's name has at most 64 characters. */
const mostOfName = 64;

/**
 * Reads the files that a configuration lists under `experiments.scheduled`. `configFile`: its absolute path, from whose folder on they
 * are named. Throws `InvalidInput`, which names the file and each mistake with its place.
 */
export function readScheduledExperiments(known: Known, configFile: string): readonly ScheduledExperiment[] {
  const names = new Map<string, string>();
  let characters = 0;
  return known.config.experiments.scheduled.map((path, index) => {
    const mistake = (expected: string, found: string) =>
      new InvalidInput(configName(configFile), [
        { path: `experiments.scheduled[${index}]`, expected, found },
      ]);
    const text = readText(resolve(dirname(configFile), path), mistake);
    const name = scheduleName(path);
    const other = names.get(name);
    if (other !== undefined) {
      throw mistake(`expected a file of another name than ${other}, whose schedule is ${name}`, path);
    }
    names.set(name, path);
    characters += text.length;
    if (characters > mostCharactersInAll) {
      throw mistake(`expected files of up to ${mostCharactersInAll} characters in all`, `${characters}`);
    }
    return { name, text, schedule: scheduleIn(text, path, known) };
  });
}

function readText(path: string, mistake: (expected: string, found: string) => InvalidInput): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw mistake('expected a file that can be read', messageOf(error));
  }
}

function scheduleName(path: string): string {
  const name = basename(path, extname(path)).replaceAll(/[^0-9a-zA-Z._-]/g, '-');
  return `chaos-experiment-${name}`.slice(0, mostOfName);
}

function scheduleIn(text: string, path: string, known: Known): ScheduledExperiment['schedule'] {
  const refuse = (mistake: Mistake) => new InvalidInput(path, [mistake]);
  if (text.length > mostCharacters) {
    const expected = `expected up to ${mostCharacters} characters`;
    throw refuse({ path: '(root)', expected, found: `${text.length}` });
  }
  const { schedule } = readExperiment(text, path, known).experiment;
  if (schedule !== undefined) return schedule;
  const expected = 'expected when it runs: the configuration lists it under experiments.scheduled';
  throw refuse({ path: 'schedule', expected, found: 'nothing' });
}
