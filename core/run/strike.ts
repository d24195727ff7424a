import pMap from 'p-map';
import type { Calendar } from '../calendar/calendar.ts';
import { spared } from '../decide/decide-group.ts';
import { budgetsOf, exhaustedText } from '../ledger/budgets.ts';
import type { Decision } from '../model/decision.ts';
import { DeadlineReached, failure } from '../model/failure.ts';
import { orFallback } from '../model/partial-result.ts';
import type { RunContext } from '../model/run-context.ts';
import type { Slot } from '../model/slot.ts';
import type { ClaimOutcome, StrikeId, StrikeOutcome } from '../model/strike.ts';
import type { StrikeSession } from '../ports/striker.ts';
import type { World } from '../ports/world.ts';
import { messageOf } from '../util/error-text.ts';
import type { ReadyToStrike } from './inspect-drawn.ts';
import {
  allSpared,
  logged,
  mergeResults,
  noResults,
  type StrikeResults,
  strikeOf,
} from './strike-results.ts';

type SlottedRun = RunContext & { readonly slot: Slot };

/** Few, so that nothing waits between an order's claim, which looks at the stop, and its strike. */
const strikesAtOnce = 8;
/** What a look has found is good for so long: a group is struck on what it is, not on what it was. */
const lookHoldsMs = 45_000;
/** A strike is retried no longer than this, so that a stop is soon obeyed by what is under way as well. */
const patienceMs = 5_000;

/**
 * Strikes each of the chosen, in their order, at most once a slot: its claim stands in the ledger before AWS is called. A claim
 * that was lost, or that could not be made, turns the strike into a spare. Everything is journalled as it happens. `lookedAt`,
 * epoch ms, is when the groups were begun to be looked up.
 */
export async function strikeAll(
  ordered: readonly ReadyToStrike[],
  run: SlottedRun,
  world: Pick<World, 'striker' | 'ledger' | 'clock' | 'config' | 'journal'>,
  calendar: Calendar,
  lookedAt: number,
): Promise<StrikeResults> {
  const orders = ordered.map(({ order }) => order);
  const sessions = await orFallback('assume-role', [], world.striker.open(orders, run));
  const sessionOf = new Map(sessions.value.flatMap((one) => one.orders.map((order) => [order, one])));
  const struck = await pMap(
    ordered,
    async (one) => {
      const session = sessionOf.get(one.order);
      const came =
        session === undefined
          ? allSpared([one], 'not-reached', 'no session could be opened to strike it')
          : await claimAndStrike(one, session, run, world, { calendar, lookedAt });
      return logged(came, world);
    },
    { concurrency: strikesAtOnce },
  );
  return mergeResults([...struck, { ...noResults, failures: sessions.failures }]);
}

/** What is begun has an outcome by then, or none that will ever come: the longest that a call may still take. */
const lastAnswerMs = 60_000;

async function claimAndStrike(
  { order, decision, drawn }: ReadyToStrike,
  session: StrikeSession,
  run: SlottedRun,
  { ledger, clock, config }: Pick<World, 'ledger' | 'clock' | 'config'>,
  { calendar, lookedAt }: { readonly calendar: Calendar; readonly lookedAt: number },
): Promise<StrikeResults> {
  const { target } = order;
  const where = { account: target.account, region: target.region, group: target.group };
  const id: StrikeId = { slot: run.slot.id, group: target.group, runId: run.runId };
  const spare = (code: string, text: string): StrikeResults => ({
    ...noResults,
    decisions: [spared(decision, code, text)],
  });
  const failed = (error: unknown): StrikeResults => ({
    ...spare('claim-failed', messageOf(error)),
    failures: [failure('claim', error, where)],
  });

  const begunAt = clock.now();
  const ageMs = begunAt - lookedAt;
  if (ageMs > lookHoldsMs)
    return spare('not-inspected', `what was seen of it is ${Math.round(ageMs / 1_000)} s old by now`);
  // The gates were open when the round began to be struck.
  if (!calendar.isOpen(begunAt)) return spare('schedule', windowClosed);
  const freeze = calendar.freezeAt(begunAt);
  if (freeze !== undefined)
    return spare('freeze', `a freeze began while the run was under way: ${freeze.reason}`);
  const freezeOfIt = calendar.freezeOf(drawn.group, begunAt);
  if (freezeOfIt !== undefined)
    return spare(
      'frozen',
      `a freeze of it or its account began while the run was under way: ${freezeOfIt.reason}`,
    );
  try {
    if (clock.now() >= run.deadline) throw new DeadlineReached('strike');
    const day = calendar.dayOf(run.slot.at);
    const claimed = await ledger.claim({
      ...id,
      ...order,
      day,
      at: new Date(clock.now()).toISOString(),
      abandonedAfter: run.deadline + lastAnswerMs,
      budgets: budgetsOf(target, order.app, day, config),
    });
    if (claimed.status !== 'claimed') return { ...noResults, decisions: [lost(decision, claimed)] };
    const begun = await ledger.begin(id);
    if (begun === 'stopped') return spare('stop', 'a stop was set while the run was under way');
    if (begun === 'gone')
      return spare('claim-failed', 'its claim was taken back as that of a run that had died');
  } catch (error) {
    return failed(error);
  }

  const now = clock.now();
  const until = Math.min(run.deadline, now + patienceMs, calendar.window(calendar.dayOf(now)).closes);
  // The ledger may have answered late; a call begun now would not end in time to be recorded.
  const outcome: StrikeOutcome =
    now < until
      ? await session.strike(order, until).catch((error: unknown) => ({
          outcome: 'unknown' as const,
          detail: errorText(error),
        }))
      : { outcome: 'failed', detail: errorText(new DeadlineReached('strike')) };
  const failures = await ledger.settle(id, outcome).then(
    () => [],
    (error: unknown) => [failure('record', error, where)],
  );
  return { decisions: [decision], strikes: [strikeOf(order, outcome)], failures };
}

const windowClosed = "the schedule's window closed while the run was under way";

function lost(decision: Decision, claimed: Exclude<ClaimOutcome, { status: 'claimed' }>): Decision {
  switch (claimed.status) {
    case 'taken': {
      const { runId, target, state } = claimed.existing;
      return spared(decision, 'already-claimed', `run ${runId} has this slot: ${target.id}, ${state}`);
    }
    case 'changed':
      return spared(decision, 'already-claimed', 'its record changed while the run was under way');
    case 'exhausted':
      return spared(decision, 'budget-exhausted', exhaustedText([claimed.budget]));
  }
}

function errorText(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${messageOf(error)}` : messageOf(error);
}
