import { parameterMistakes } from '../../config/parameter-mistakes.ts';
import type { ChosenFault, Fault } from '../../model/fault.ts';
import { timeText } from '../../util/time.ts';
import type { Known } from './known.ts';

/** No lasting fault takes less. */
const leastMinutes = 1;
/** A fault lasts from before its injection on, and a strike may take a minute: without this it would end by itself before its step does. */
const marginMs = 90_000;

export interface FileMistake {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

type Choice = { readonly fault: ChosenFault } | { readonly mistakes: readonly FileMistake[] };

/**
 * The fault of a step with its parameters parsed, in so far as the configuration allows it. Its `minutes` come from the time for
 * which the step holds it.
 */
export function chooseFault(
  fault: Fault,
  { parameters, holdMs }: { readonly parameters: Readonly<Record<string, unknown>>; readonly holdMs: number },
  { config }: Pick<Known, 'config'>,
): Choice {
  const mistakes = [...notEnabled(fault, config), ...tooLong(fault, holdMs, config)];
  // In tenths, for people who read it.
  const minutes = Math.ceil((holdMs + marginMs) / 6_000) / 10;
  if ('minutes' in parameters) {
    mistakes.push({
      path: ['parameters', 'minutes'],
      message: 'expected duration, beside the parameters, instead',
    });
  }
  // Of a time that is too long, the mistake is known by now.
  const parsed = fault.parameters.safeParse(
    fault.lasts ? { ...parameters, minutes: leastMinutes } : parameters,
  );
  if (!parsed.success) {
    const ofParameters = parsed.error.issues.flatMap((issue) => parameterMistakes(issue, fault, ['minutes']));
    mistakes.push(...ofParameters.map(({ path, message }) => ({ path: ['parameters', ...path], message })));
  }
  if (!parsed.success || mistakes.length > 0) return { mistakes };
  return {
    fault: {
      name: fault.name,
      parameters: fault.lasts ? { ...Object(parsed.data), minutes } : parsed.data,
    },
  };
}

function notEnabled({ name }: Fault, { faults }: Known['config']): readonly FileMistake[] {
  if (faults.some((one) => one.name === name)) return [];
  const enabled = faults.map((one) => one.name).join(', ');
  return [
    { path: ['fault'], message: `expected a fault that the configuration enables (faults): ${enabled}` },
  ];
}

function tooLong(
  { lasts }: Fault,
  holdMs: number,
  { maxFaultMinutes }: Known['config'],
): readonly FileMistake[] {
  const mostMs = maxFaultMinutes * 60_000 - marginMs;
  if (!lasts || holdMs <= mostMs) return [];
  const message = `expected at most ${timeText(mostMs)}: what the configuration allows (maxFaultMinutes) counts from before the injection`;
  return [{ path: ['duration'], message }];
}
