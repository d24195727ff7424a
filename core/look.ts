import pMap from 'p-map';
import type { Chosen, LookedUp } from './choose-target.ts';
import { chooseWithinAsks } from './choose-within-asks.ts';
import { type Decided, type Drawn, type Grounds, spared } from './decide.ts';
import { DeadlineReached } from './errors.ts';
import { orElse } from './gathered.ts';
import { asKnown, type Known } from './known.ts';
import type { Gathered, RunContext, Standing, World } from './ports.ts';
import type { Decision } from './report.ts';

/** A drawn group, what was seen of it, and what was chosen. */
export interface Considered extends Chosen {
  readonly drawn: Drawn;
  /** Undefined where it could not be looked up. */
  readonly lookedUp: LookedUp | undefined;
}

/** Few calls at once: each chosen instance is asked about by itself. */
const asksAtOnce = 16;

/**
 * Looks the drawn groups up, reads what the ledger has about them, and chooses the instance of each. Only groups about to be
 * struck cost more than the survey.
 */
export async function considerDrawn(
  decided: readonly Decided[],
  grounds: Grounds,
  run: RunContext,
  { fleet, ledger }: Pick<World, 'fleet' | 'ledger'>,
): Promise<Gathered<readonly Considered[]>> {
  const drawn = decided.flatMap(({ drawn, decision }) => (drawn === undefined ? [] : [{ drawn, decision }]));
  if (drawn.length === 0) return { found: [], failures: [] };
  const groups = drawn.map(({ drawn: { group } }) => group);
  const [inspection, standings] = await Promise.all([
    orElse('inspect', new Map(), fleet.inspect(groups, run)),
    asKnown(ledger.standings(groups.map(({ key }) => key))),
  ]);
  const found = await pMap(
    drawn,
    async ({ drawn, decision }): Promise<Considered> => {
      const { key } = drawn.group;
      const looked = inspection.found.get(key);
      if (looked === undefined) return notInspected(drawn, decision, 'its instances could not be looked up');
      return choose(drawn, decision, { looked, standing: standingOf(key, standings) }, grounds, run, fleet);
    },
    { concurrency: asksAtOnce },
  );
  return { found, failures: inspection.failures };
}

/** Whether an instance is protected is asked of the one instance that was chosen; if it is, of the next, of a few in all. */
async function choose(
  drawn: Drawn,
  decision: Decision,
  seen: Pick<LookedUp, 'looked' | 'standing'>,
  grounds: Grounds,
  run: RunContext,
  fleet: World['fleet'],
): Promise<Considered> {
  const protections = new Map<string, Known<boolean>>();
  const lookedUp: LookedUp = { ...seen, protections };
  for (;;) {
    const chosen = chooseWithinAsks(drawn, decision, lookedUp, grounds);
    const target = chosen.order?.target;
    if (target === undefined || protections.has(target.instanceId)) return { ...chosen, drawn, lookedUp };
    const asked = fleet.isProtected(target, run);
    const isLate = asked.then(
      () => false,
      (error: unknown) => error instanceof DeadlineReached,
    );
    const protection = await asKnown(asked);
    if (await isLate) return notInspected(drawn, decision, 'no time was left to look it up');
    protections.set(target.instanceId, protection);
  }
}

function notInspected(drawn: Drawn, decision: Decision, text: string): Considered {
  return {
    drawn,
    lookedUp: undefined,
    decision: spared(decision, 'not-inspected', text),
    order: undefined,
  };
}

/** What stands about one group; not known where the ledger did not say. */
export function standingOf(key: string, standings: Known<ReadonlyMap<string, Standing>>): Known<Standing> {
  if ('unknown' in standings) return standings;
  const known = standings.known.get(key);
  return known === undefined ? { unknown: 'the ledger did not answer for it' } : { known };
}
