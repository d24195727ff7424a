import * as z from 'zod';
import type { JudgedProbe, ProbeSpec, Tolerance } from '../../model/experiment.ts';
import type { Probe } from '../../ports/probe.ts';
import { orNearest } from '../../util/nearest.ts';
import { timeFrom, timeText } from '../../util/time.ts';
import type { Known } from './known.ts';
import { placeholder } from './placeholder.ts';
import { Name, rateUpTo, Share } from './values.ts';

/** A rarer measurement shows nothing of a fault that lasts minutes. */
const rarestMs = 10 * 60_000;
const longestTimeoutMs = 60_000;
const longestBadMs = 24 * 60 * 60_000;

/** Past it, a probe that is bad more often than not would count as steady. */
const mostBad = 0.5;
const Bad = Share.refine((share) => share <= mostBad, `expected a share of at most ${mostBad * 100}%`);

/** The keys of probes of all types. */
export function commonKeys({ leastEveryMs }: Pick<Probe, 'leastEveryMs'>) {
  return {
    ...loadKeys(),
    every: timeFrom(leastEveryMs, rarestMs)
      .prefault(timeText(Math.max(leastEveryMs, 1_000)))
      .describe(
        'From the moment at which a sample is due to that of the next, whether or not it was answered. Left out: a second, or as ' +
          'often as its type can tell anything.',
      ),
  };
}

/** The same, without how often. */
function loadKeys() {
  return {
    name: Name.describe('Unique in the file.'),
    timeout: timeFrom(1, longestTimeoutMs)
      .prefault('3s')
      .describe(
        'A sample that has no answer by then is bad; where a state or an objective is read, unmeasured.',
      ),
  };
}

const badShare = z
  .strictObject(
    {
      bad: Bad.describe(
        'The share that may be bad, at most `50%`; with `0%`, the first that is bad deviates.',
      ),
    },
    'expected { bad: 5% }',
  )
  .describe('How much may be bad.');

/** By what a type of probe measures. */
const tolerances = {
  events: badShare,
  shares: badShare,
  state: z
    .strictObject(
      {
        badFor: timeFrom(0, longestBadMs).describe(
          'For how long it may be bad at a stretch. From the duration of the faults on, only the recovery judges it.',
        ),
      },
      'expected { badFor: 30s }',
    )
    .transform(({ badFor }) => ({ badForMs: badFor }))
    .describe('How much may be bad.'),
} as const;

/** What is measured and judged. */
export function judgedProbeSchema(known: Known): z.ZodType<JudgedProbe> {
  const parsed = ofAnyType(known.probes, known, (probe) => ({
    ...commonKeys(probe),
    tolerance: tolerances[probe.measures],
  }));
  return parsed.transform(({ tolerance, ...probe }) => ({
    ...specOf(probe),
    tolerance: tolerance as Tolerance,
  }));
}

/** What is measured, and never judged. */
export function observationSchema(known: Known): z.ZodType<ProbeSpec> {
  return ofAnyType(known.probes, known, commonKeys).transform(specOf);
}

/** Traffic: events that are made at a rate, and never judged. */
export function loadSchema(known: Known): z.ZodType<ProbeSpec> {
  const probes = known.probes.filter(({ measures }) => measures === 'events');
  const parsed = ofAnyType(probes, known, ({ leastEveryMs }) => ({
    ...loadKeys(),
    rate: rateUpTo(1_000 / leastEveryMs).describe('How many a second, each due by the clock.'),
  }));
  return parsed.transform(({ rate, ...probe }) => specOf({ ...probe, every: 1_000 / Number(rate) }));
}

interface ParsedProbe {
  readonly name: string;
  readonly type: string;
  readonly every: number;
  readonly timeout: number;
  readonly [parameter: string]: unknown;
}

function ofAnyType(
  probes: readonly Probe[],
  { config, loopback = false }: Pick<Known, 'config' | 'loopback'>,
  keysOf: (probe: Probe) => z.ZodRawShape,
): z.ZodType<ParsedProbe> {
  const types = probes.map(({ type }) => type);
  const branches = probes.map((probe) =>
    probe.parameters.safeExtend({
      ...keysOf(probe),
      type: z.literal(probe.type).describe(probe.summary),
    }),
  );
  return z
    .discriminatedUnion('type', branches as [(typeof branches)[number]], {
      error: ({ input }) =>
        `expected a type of probe: ${types.join(', ')}${orNearest(String(Object(input).type), types)}`,
    })
    .pipe(z.custom<ParsedProbe>())
    .superRefine((probe, { addIssue }) => {
      const { type, parameters } = specOf(probe);
      // Refused in any case, for what it is.
      if (JSON.stringify(parameters).includes(placeholder)) return;
      const refused = probes
        .find((one) => one.type === type)
        ?.refused?.(parameters, { ...config.experiments, loopback });
      if (refused === undefined) return;
      const path = 'url' in Object(parameters) ? ['url'] : [];
      addIssue({ code: 'custom', path, message: `expected what probes may measure: ${refused}` });
    });
}

function specOf({ name, type, every, timeout, tolerance: _, ...parameters }: ParsedProbe): ProbeSpec {
  return { name, type, everyMs: every, timeoutMs: timeout, parameters };
}
