import { createHash } from 'node:crypto';
import type { Experiment } from '../../model/experiment.ts';
import type { Mistake, Place } from '../../util/invalid-input.ts';
import { InvalidInput } from '../../util/parse.ts';
import { pathText, toInvalidInput } from '../../util/to-invalid-input.ts';
import { experimentSchema } from './experiment-schema.ts';
import type { Known } from './known.ts';
import { readYaml } from './read-yaml.ts';
import { warningsOf } from './warnings.ts';

export interface ReadExperiment {
  readonly experiment: Experiment;
  /** Of the text: the SHA-256 in hex. */
  readonly fileHash: string;
  readonly warnings: readonly ExperimentWarning[];
}

export interface ExperimentWarning {
  readonly path: string;
  readonly text: string;
  readonly at?: Place;
}

/** Making one takes longer than reading a file with it. */
const schemas = new WeakMap<Known, ReturnType<typeof experimentSchema>>();

/** Reads the file of an experiment, in YAML or JSON. Throws `InvalidInput`, which names each mistake with its path and place. */
export function readExperiment(text: string, name: string, known: Known): ReadExperiment {
  const { value, mistakes, placeOf } = readYaml(text);
  if (value === undefined) throw new InvalidInput(name, mistakes);
  const schema = schemaFor(known);
  const { data: experiment, error } = schema.safeParse(value);
  if (experiment === undefined) {
    const invalid = toInvalidInput(name, error.issues, value, schema, placeOf);
    // A number that should be an account id is wrong either way, and said once.
    const others = invalid.mistakes.filter(({ path }) => !mistakes.some((one) => one.path === path));
    throw new InvalidInput(name, [...mistakes, ...others].toSorted(inOrderOfText), { more: invalid.more });
  }
  if (mistakes.length > 0) throw new InvalidInput(name, mistakes);
  const { observations = [] } = Object(value);
  const warnings = warningsOf(experiment, observations.length, known).map(
    ({ path, text }): ExperimentWarning => {
      const at = placeOf(path);
      return { path: pathText(path), text, ...(at !== undefined && { at }) };
    },
  );
  return { experiment, fileHash: createHash('sha256').update(text).digest('hex'), warnings };
}

function inOrderOfText({ at: a }: Mistake, { at: b }: Mistake): number {
  return a === undefined || b === undefined ? 0 : a.line - b.line || a.column - b.column;
}

function schemaFor(known: Known): ReturnType<typeof experimentSchema> {
  const schema = schemas.get(known) ?? experimentSchema(known);
  schemas.set(known, schema);
  return schema;
}
