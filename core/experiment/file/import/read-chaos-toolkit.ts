import { parseDocument } from 'yaml';
import * as z from 'zod';
import { messageOf } from '../../../util/error-text.ts';
import { InvalidInput, parse } from '../../../util/parse.ts';
import { maxBytes } from '../read-yaml.ts';

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

/** Reads JSON or YAML. Nothing in it is ever executed. Throws `InvalidInput`. */
export function readChaosToolkit(text: string): ChaosToolkitFile {
  const what = 'the Chaos Toolkit file';
  const bytes = Buffer.byteLength(text);
  if (bytes > maxBytes) {
    throw new InvalidInput(what, [
      { path: '(root)', expected: `expected at most ${maxBytes} bytes`, found: `${bytes}` },
    ]);
  }
  return parse(ChaosToolkitFile, valueIn(text, what), what);
}

function valueIn(text: string, what: string): unknown {
  const document = parseDocument(text, { merge: true, prettyErrors: true });
  const messages = document.errors.map(({ message }) => message);
  try {
    if (messages.length === 0) return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    messages.push(messageOf(error));
  }
  const mistakes = messages.map((expected) => ({ path: '(root)', expected, found: 'something else' }));
  throw new InvalidInput(what, mistakes);
}
