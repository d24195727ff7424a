import pMap from 'p-map';
import { type Chosen, spared } from './decide.ts';
import { DeadlineReached, failure, messageOf } from './errors.ts';
import { orElse } from './gathered.ts';
import type { Claim, ClaimOutcome, Order, RunContext, StrikeSession, World } from './ports.ts';
import type { Decision, Failure, Strike } from './report.ts';
import { isInWindow, windowCloses } from './schedule.ts';

/** An order and the decision it comes from. */
export type Ordered = Chosen & { readonly order: Order };

/** What came of the chosen: a decision for each, strikes for those that were made. */
export interface Struck {
  readonly decisions: readonly Decision[];
  readonly strikes: readonly Strike[];
  readonly failures: readonly Failure[];
}

type SlottedRun = RunContext & { readonly slot: { readonly id: string } };

/** Few, so that nothing waits between an order's claim, which looks at the stop, and its strike. */
const strikesAtOnce = 8;
/** A strike is retried no longer than this, so that a stop is soon obeyed by what is under way as well. */
const patienceMs = 5_000;

/**
 * Strikes each of the chosen, at most once a slot: its claim stands in the ledger before AWS is called. A claim that was
 * lost, or that could not be made, turns the strike into a spare. Everything is journalled as it happens.
 */
export async function strikeAll(
  ordered: readonly Ordered[],
  run: SlottedRun,
  world: Pick<World, 'striker' | 'ledger' | 'clock' | 'config' | 'journal'>,
): Promise<Struck> {
  const decisionOf = new Map(ordered.map(({ order, decision }) => [order, decision]));
  const orders = ordered.map(({ order }) => order);
  const sessions = await orElse('assume-role', [], world.striker.open(orders, run));
  const opened = sessions.found.flatMap((session) =>
    session.orders.flatMap((order) => {
      const decision = decisionOf.get(order);
      return decision === undefined ? [] : [{ session, order, decision }];
    }),
  );
  const struck = await pMap(
    opened,
    async ({ session, order, decision }) => {
      const outcome = await claimAndStrike(order, decision, session, run, world);
      journalled(outcome, world);
      return outcome;
    },
    { concurrency: strikesAtOnce },
  );
  const reached = new Set(opened.map(({ order }) => order));
  const unreached: Struck = {
    ...none,
    decisions: ordered
      .filter(({ order }) => !reached.has(order))
      .map(({ decision }) => spared(decision, 'not-reached', 'no session could be opened to strike it')),
  };
  journalled(unreached, world);
  return merged([...struck, unreached, { ...none, failures: sessions.failures }]);
}

/** A run may die at any moment: what it did is in the log by then. Failures are logged with the report. */
function journalled({ decisions, strikes }: Struck, { journal }: Pick<World, 'journal'>): void {
  for (const decision of decisions) journal.decided(decision);
  for (const strike of strikes) journal.struck(strike);
}

async function claimAndStrike(
  order: Order,
  decision: Decision,
  session: StrikeSession,
  run: SlottedRun,
  { ledger, clock, config }: Pick<World, 'ledger' | 'clock' | 'config'>,
): Promise<Struck> {
  const { target, fault } = order;
  const where = { account: target.account, region: target.region, group: target.group };
  const claim: Claim = {
    slot: run.slot.id,
    group: target.group,
    runId: run.runId,
    instanceId: target.instanceId,
    fault: fault.name,
    at: new Date(clock.now()).toISOString(),
  };

  // The gates were open when the run began; a sweep takes minutes, and the window may have closed meanwhile.
  if (!isInWindow(config.schedule, clock.now())) {
    const text = "the schedule's window closed while the run was under way";
    return { ...none, decisions: [spared(decision, 'schedule', text)] };
  }
  let claimed: ClaimOutcome;
  try {
    if (clock.now() >= run.deadline) throw new DeadlineReached('strike');
    claimed = await ledger.claim(claim);
  } catch (error) {
    return {
      decisions: [spared(decision, 'claim-failed', messageOf(error))],
      strikes: [],
      failures: [failure('claim', error, where)],
    };
  }
  if (claimed.status !== 'claimed') return { ...none, decisions: [lost(decision, claimed)] };

  const now = clock.now();
  const until = Math.min(run.deadline, now + patienceMs, windowCloses(config.schedule, now));
  // The claim may have been answered late; a call begun now would not end in time to be recorded.
  const struck = now < until ? session.strike(order, until) : Promise.reject(new DeadlineReached('strike'));
  const outcome = await struck.then(
    (detail) => ({ outcome: 'succeeded' as const, detail }),
    (error: unknown) => ({ outcome: 'failed' as const, detail: errorText(error) }),
  );
  const failures = await ledger.recordStrike({ ...claim, ...outcome }).then(
    () => [],
    (error: unknown) => [failure('record', error, where)],
  );
  return { decisions: [decision], strikes: [strikeOf(order, outcome)], failures };
}

/** What the chosen would have been struck with. */
export function leashedStrikes(ordered: readonly Ordered[], world: Pick<World, 'journal'>): Struck {
  const struck: Struck = {
    decisions: ordered.map(({ decision }) => decision),
    strikes: ordered.map(({ order }) =>
      strikeOf(order, { outcome: 'leashed', detail: 'leashed: nothing was touched' }),
    ),
    failures: [],
  };
  journalled(struck, world);
  return struck;
}

function strikeOf({ target, fault }: Order, result: Pick<Strike, 'outcome' | 'detail'>): Strike {
  const { group, account, region, instanceId, zone } = target;
  return { group, account, region, instanceId, zone, fault, ...result };
}

function lost(decision: Decision, claimed: Exclude<ClaimOutcome, { status: 'claimed' }>): Decision {
  if (claimed.status === 'stopped')
    return spared(decision, 'stop', 'a stop was set while the run was under way');
  const { runId, instanceId, ...standing } = claimed.standing;
  const outcome = 'outcome' in standing ? standing.outcome : 'outcome unknown';
  return spared(decision, 'already-claimed', `run ${runId} has this slot: ${instanceId}, ${outcome}`);
}

function errorText(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${messageOf(error)}` : messageOf(error);
}

const none: Struck = { decisions: [], strikes: [], failures: [] };

function merged(parts: readonly Struck[]): Struck {
  return {
    decisions: parts.flatMap(({ decisions }) => decisions),
    strikes: parts.flatMap(({ strikes }) => strikes),
    failures: parts.flatMap(({ failures }) => failures),
  };
}
