import { Document } from 'yaml';
import { oneLine } from '../../../util/format.ts';
import { placeholder } from '../placeholder.ts';
import { type Converted, collect, namer } from './activities.ts';
import { convertProbe } from './convert-probe.ts';
import { knownActions } from './known-actions.ts';
import { type Activity, type ChaosToolkitFile, readChaosToolkit } from './read-chaos-toolkit.ts';
import { toReplaceIn } from './to-replace.ts';

export interface Imported {
  /** Our file. It is not read until a person has replaced the placeholders in it. */
  readonly text: string;
  /** What has no equal: also in the comment at its top. */
  readonly leftOut: readonly string[];
  /** What is in it and cannot stay as it is, beside what a person decides in any case: also in the comment. */
  readonly toReplace: readonly string[];
}

/** Converts the file `name` of the Chaos Toolkit, in JSON or YAML, without executing any of it. Throws `InvalidInput`. */
export function importChaosToolkit(text: string, name: string): Imported {
  const file = readChaosToolkit(text, name);
  const { title: then, probes } = file['steady-state-hypothesis'];
  const named = namer();
  const judged = collect('steady-state-hypothesis.probes', probes, (activity) =>
    probeFor(activity, named, { tolerance: { bad: placeholder } }),
  );
  const observations: Converted['part'][] = [];
  const method = collect('method', file.method, (activity) => {
    const probe = probeFor(activity, named);
    if (probe !== undefined) observations.push(probe.part);
    return probe ?? stepFor(activity, named);
  });
  const rollbacks = collect('rollbacks', file.rollbacks, () => undefined);
  const leftOut = [...judged.leftOut, ...method.leftOut, ...rollbacks.leftOut, ...unknownKeys(file)];
  const experiment = {
    version: 'chaos/v1',
    title: oneLine(file.title, 200) || placeholder,
    // biome-ignore lint/suspicious/noThenProperty: the field's word, and a text is no function.
    hypothesis: { if: placeholder, then: oneLine(then, 500) || placeholder },
    owner: placeholder,
    ...(file.tags.length > 0 && { tags: file.tags.map((tag) => oneLine(tag, 100)) }),
    ...(file.description !== '' && { notes: file.description.slice(0, 10_000) }),
    steadyState: { probes: judged.parts },
    ...(observations.length > 0 && { observations }),
    method: method.parts.filter((part) => !observations.includes(part)),
  };
  const toReplace = toReplaceIn(experiment);
  const document = new Document(experiment);
  document.commentBefore = headText(leftOut, toReplace);
  return { text: document.toString({ lineWidth: 0 }), leftOut, toReplace };
}

function headText(leftOut: readonly string[], toReplace: readonly string[]): string {
  return [
    ` Imported from the Chaos Toolkit. Each ${placeholder} is for a person to decide.`,
    ...(leftOut.length === 0 ? [] : [' Left out, as nothing here is equal to it:']),
    ...leftOut.map((what) => ` - ${what}`),
    ...(toReplace.length === 0 ? [] : [' To replace:']),
    ...toReplace.map((what) => ` - ${what}`),
  ].join('\n');
}

function probeFor(
  activity: Activity,
  named: (name: string) => string,
  judged: Converted['part'] = {},
): Converted | undefined {
  const { part, leftOut } = convertProbe(activity) ?? {};
  if (part === undefined || leftOut === undefined) return undefined;
  return { part: { name: named(activity.name), type: 'http', ...part, ...judged }, leftOut };
}

function stepFor(
  { name, type, provider, ...activity }: Activity,
  named: (name: string) => string,
): Converted | undefined {
  const { type: language, module, func, arguments: given = {} } = provider;
  const convert =
    type === 'action' && language === 'python' ? knownActions.get(`${module}.${func}`) : undefined;
  const equal = convert?.(given);
  if (equal === undefined) return undefined;
  const { fault, kind, parameters, names, tags, select, time, seconds } = equal;
  const part = {
    name: named(name),
    fault,
    ...(parameters && { parameters }),
    target: {
      kind,
      ...(tags && { tags }),
      ...(names ? { names } : tags === undefined && { names: [placeholder] }),
      ...(select && { select }),
    },
    [time]: seconds === undefined ? placeholder : `${seconds}s`,
  };
  return { part, leftOut: ['background', 'pauses'].filter((key) => key in activity) };
}

const looked = ['version', 'title', 'description', 'tags', 'steady-state-hypothesis', 'method', 'rollbacks'];

function unknownKeys(file: ChaosToolkitFile): readonly string[] {
  return Object.keys(file)
    .filter((key) => !looked.includes(key))
    .map((key) => oneLine(key, 200));
}
