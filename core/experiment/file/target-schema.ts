import * as z from 'zod';
import { AccountId, Region, TagKey } from '../../model/aws-names.ts';
import type { Select, TargetSelection } from '../../model/experiment.ts';
import type { Fault } from '../../model/fault.ts';
import { orNearest } from '../../util/nearest.ts';
import type { Known } from './known.ts';
import { listOf, textUpTo } from './values.ts';

const aSelect = 'expected { count: 1 }, { percent: 25 } or all';
const aCount = 'expected a whole number, at least 1';
const aPercentage = 'expected a number above 0, up to 100';

/** How many of what is found, within the blast radius that the configuration allows. */
export function selectSchema(maxPercent: number): z.ZodType<Select> {
  return z
    .union(
      [
        z.strictObject({ count: z.int(aCount).min(1, aCount).describe('So many.') }),
        z.strictObject({
          percent: z
            .number(aPercentage)
            .gt(0, aPercentage)
            .max(100, aPercentage)
            .describe('A share, rounded down, and at least one.'),
        }),
        z.literal('all', aSelect),
      ],
      aSelect,
    )
    .superRefine((select, { addIssue }) => {
      const percent = percentOf(select);
      if (percent === undefined || percent <= maxPercent) return;
      addIssue({
        code: 'custom',
        path: select === 'all' ? [] : ['percent'],
        message: `expected at most ${maxPercent} percent, the blast radius in the configuration (experiments.maxPercent)${select === 'all' ? ': all is 100' : ''}`,
      });
    });
}

/** Undefined for a count: what it is a share of is not known before the targets are. */
export function percentOf(select: Select): number | undefined {
  if (select === 'all') return 100;
  return 'percent' in select ? select.percent : undefined;
}

/** What a fault strikes. */
export function targetSchema(
  { name, kind }: Fault,
  kinds: Known['kinds'],
  limits: ReturnType<typeof targetLimits>,
): z.ZodType<TargetSelection> {
  const own = kinds.find((one) => one.kind === kind)?.groupKinds ?? [];
  const all = kinds.flatMap(({ groupKinds }) => groupKinds);
  const aKind = `expected ${own.join(' or ')}, which is what ${name} strikes`;
  return z.strictObject({
    kind: z
      .enum(own, {
        error: ({ input }) =>
          `${aKind}${typeof input === 'string' && !all.includes(input) ? orNearest(input, all) : ''}`,
      })
      .describe('The kind of group.'),
    ...limits,
  });
}

/** The keys of targets of every kind. */
export function targetLimits({ config }: Pick<Known, 'config'>) {
  const accounts = config.accounts.map(({ id }) => id);
  const regions = new Set(config.accounts.flatMap((account) => account.regions));
  return {
    accounts: listOf(AccountId.refine(...oneOf('account', accounts)), 1, 100)
      .exactOptional()
      .describe('Only in these accounts of the configuration.'),
    regions: listOf(Region.refine(...oneOf('region', regions)), 1, 100)
      .exactOptional()
      .describe('Only in these regions.'),
    tags: z
      .record(TagKey, z.string('expected the value of a tag'), 'expected tags such as { app: shop }')
      .exactOptional()
      .describe('Only with all of these tags.'),
    names: listOf(textUpTo(300), 1, 100).exactOptional().describe('Only groups of these names.'),
    select: selectSchema(config.experiments.maxPercent)
      .default({ count: 1 })
      .describe('How many of them, chosen at random: `{ count: 2 }`, `{ percent: 25 }` or `all`.'),
  };
}

function oneOf(noun: string, known: Iterable<string>) {
  return [
    (one: string) => [...known].includes(one),
    {
      error: ({ input }: { readonly input?: unknown }) =>
        `expected one of the configuration's ${noun}s${orNearest(String(input), known)}`,
    },
  ] as const;
}
