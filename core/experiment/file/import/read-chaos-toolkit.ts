import { LineCounter, parseDocument } from 'yaml';
import * as z from 'zod';
import { messageOf } from '../../../util/error-text.ts';
import { InvalidInput, parse } from '../../../util/parse.ts';
import { lengthMistake } from '../read-yaml.ts';

/** Of a probe or an action. What is not said here is not looked at. */
export const Activity = z.looseObject({
  type: z.enum(['probe', 'action']),
  name: z.string().default('unnamed'),
  provider: z.looseObject({
    type: z.string(),
    module: z.string().optional(),
    func: z.string().optional(),
    arguments: z.unknown().optional(),
  }),
  tolerance: z.unknown().optional(),
});
export type Activity = z.infer<typeof Activity>;

const Activities = z.array(z.unknown()).default([]);

/** An experiment of the Chaos Toolkit. Source: chaostoolkit.org, "Open API reference", the Experiment. */
const ChaosToolkitFile = z.looseObject({
  title: z.string('expected the title of an experiment of the Chaos Toolkit'),
  description: z.string().default(''),
  tags: z.array(z.string()).default([]),
  'steady-state-hypothesis': z
    .looseObject({ title: z.string().default(''), probes: Activities })
    .prefault({}),
  method: Activities,
  rollbacks: Activities,
});
export type ChaosToolkitFile = z.infer<typeof ChaosToolkitFile>;

/** Reads JSON or YAML. Nothing in it is ever executed. Throws `InvalidInput`. `name`: of the file. */
export function readChaosToolkit(text: string, name: string): ChaosToolkitFile {
  const mistake = lengthMistake(text);
  if (mistake !== undefined) throw new InvalidInput(name, [mistake]);
  const value = valueIn(text, name);
  if (Object(value).version === ours) throw isOurs(name);
  const file = parse(ChaosToolkitFile, value, name);
  if (hypothesis in Object(value) || 'method' in Object(value)) return file;
  const expected = `expected ${hypothesis} or method: without them, there is nothing to import`;
  throw new InvalidInput(name, [{ path: '(root)', expected, found: Object.keys(Object(value)).join(', ') }]);
}

const ours = 'chaos/v1';
const hypothesis = 'steady-state-hypothesis';

function isOurs(name: string): InvalidInput {
  const expected = 'expected a file of the Chaos Toolkit: this one is ours already, and needs no import';
  return new InvalidInput(name, [{ path: 'version', expected, found: ours }]);
}

function valueIn(text: string, name: string): unknown {
  const lines = new LineCounter();
  const document = parseDocument(text, { merge: true, prettyErrors: false, lineCounter: lines });
  const [error] = document.errors;
  const refused = (message: string, offset: number) => {
    const { line, col: column } = lines.linePos(offset);
    const found = JSON.stringify(text.split('\n')[line - 1]?.trim().slice(0, 60) ?? '');
    const expected = `expected JSON or YAML: ${message}`;
    return new InvalidInput(name, [{ path: '(root)', expected, found, at: { line, column } }]);
  };
  if (error !== undefined) throw refused(error.message, error.pos[0]);
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    throw refused(messageOf(cause), 0);
  }
}
