import pMap from 'p-map';
import { spareGroup } from '../decide/spare-group.ts';
import { exhaustedText, listBudgets } from '../ledger/budgets.ts';
import type { OwnStrikes } from '../ledger/own-strikes.ts';
import type { Reason } from '../model/decision.ts';
import { DeadlineReached, failure } from '../model/failure.ts';
import type { Prepared } from '../model/lasting.ts';
import { orFallback } from '../model/partial-result.ts';
import {
  type Claim,
  type ClaimOutcome,
  type Order,
  type OtherHit,
  StrikeConflict,
  type StrikeId,
} from '../model/strike.ts';
import type { UndoEntry } from '../model/undo-entry.ts';
import { undoRoleArn } from '../permissions/schedule-statements.ts';
import type { StrikeSession } from '../ports/striker.ts';
import type { World } from '../ports/world.ts';
import { lastsMs } from '../undo/lasts-ms.ts';
import { reserveUndo } from '../undo/reserve-undo.ts';
import { messageOf } from '../util/error-text.ts';
import { listFirst } from '../util/list-first.ts';
import type { ReadyToStrike } from './inspect-drawn.ts';
import type { LastingStrike, SlottedRun, StrikeMode } from './strike-mode.ts';
import {
  allSpared,
  logged,
  makeStrike,
  mergeResults,
  noResults,
  type StrikeResults,
} from './strike-results.ts';

/** Small: nothing waits between a claim, whose `begin` reads the stop, and its strike. */
const strikesAtOnce = 8;

/** After this, a strike that was begun either has an outcome or will never have one: the longest that a call may still take. */
const lastAnswerMs = 60_000;

type StrikeWorld = Pick<World, 'clock' | 'config' | 'faults' | 'journal'>;

/** What the strikes of a round share. */
export interface Round {
  readonly run: SlottedRun;
  readonly mode: StrikeMode;
  /** The calendar day on which its strikes count. */
  readonly day: string;
  /** When the inspection of its groups began, epoch ms. */
  readonly inspectedAt: number;
  /** Of the experiment that strikes, before the round. */
  readonly own: OwnStrikes;
}

/**
 * Strikes the chosen targets in order, each at most once per slot: the claim is in the ledger before AWS is called. A claim
 * that is lost, or cannot be made, turns the strike into a spare. Everything is logged as it happens.
 */
export async function strikeAll(
  ready: readonly ReadyToStrike[],
  round: Round,
  world: StrikeWorld,
): Promise<StrikeResults> {
  const orders = ready.map(({ order }) => order);
  const sessions = await orFallback('assume-role', [], round.mode.striker.open(orders, round.run));
  const sessionOf = new Map(sessions.value.flatMap((one) => one.orders.map((order) => [order, one])));
  const struck = await pMap(
    ready,
    async (one) => {
      const session = sessionOf.get(one.order);
      const result =
        session === undefined
          ? allSpared([one], 'not-reached', 'no session could be opened to strike it')
          : await claimAndStrike(one, session, round, world);
      return logged(result, world);
    },
    { concurrency: strikesAtOnce },
  );
  return mergeResults([...struck, { ...noResults, failures: sessions.failures }]);
}

async function claimAndStrike(
  { order, decision, group }: ReadyToStrike,
  session: StrikeSession,
  { run, mode, day, inspectedAt, own }: Round,
  { clock, config, faults }: Pick<StrikeWorld, 'clock' | 'config' | 'faults'>,
): Promise<StrikeResults> {
  const { prepared, others = [], ...ordered } = order;
  const { target } = order;
  const where = { account: target.account, region: target.region, group: target.group };
  const id: StrikeId = { slot: run.slot.id, group: target.group, runId: run.runId };
  const spare = (reason: Reason): StrikeResults => ({
    ...noResults,
    decisions: [spareGroup(decision, reason)],
  });

  const claimedAt = clock.now();
  const durationMs = lastsMs(order);
  const times = { inspectedAt, now: claimedAt, endsAt: claimedAt + durationMs };
  const tooLate = mode.over() ?? mode.tooLate(group, times);
  if (tooLate !== undefined) return spare(tooLate);
  const claim = {
    ...id,
    ...ordered,
    day,
    at: new Date(claimedAt).toISOString(),
    abandonedAfter: run.deadline + lastAnswerMs,
    budgets: listBudgets(target, order.app, day, config, others, own),
    ...(others.length > 0 && { others: others.map(({ group, version }) => ({ group, version })) }),
  };
  const entry = prepared && reserved(claim, prepared, durationMs, { config, faults });
  const undo = entry && { entry, reach: session.reach(order) };
  try {
    if (claimedAt >= mode.strikeUntil(claimedAt)) throw new DeadlineReached('strike');
    const claimed = await mode.ledger.claim(entry ? { ...claim, undo: entry.id } : claim, entry);
    if (claimed.status !== 'claimed') return spare(lost(claimed, others));
    const over = mode.over();
    if (over !== undefined) {
      await mode.release(id, undo);
      return spare(over);
    }
    const begun = await mode.ledger.begin(id);
    if (begun !== 'begun') {
      if (undo !== undefined) await mode.release(id, undo);
      return spare(notBegun[begun]);
    }
  } catch (error) {
    return {
      ...spare({ code: 'claim-failed', text: messageOf(error) }),
      failures: [failure('claim', error, where)],
    };
  }

  const outcome = await strikeOne(order, undo, session, mode, clock);
  const failures = await mode.ledger.settle(id, outcome).then(
    () => [],
    // An injection that was taken back has settled it already.
    (error: unknown) => (undo && error instanceof StrikeConflict ? [] : [failure('record', error, where)]),
  );
  return { decisions: [decision], strikes: [makeStrike(order, outcome)], failures };
}

function reserved(
  claim: Omit<Claim, 'undo'>,
  prepared: Prepared<unknown>,
  durationMs: number,
  { config, faults }: Pick<StrikeWorld, 'config' | 'faults'>,
): UndoEntry | undefined {
  const fault = faults.get(claim.fault.name);
  if (fault?.lasts !== true) return undefined;
  const { account } = claim.target;
  const externalId = config.accounts.find(({ id }) => id === account)?.externalId ?? config.externalId;
  return reserveUndo(claim, fault, prepared, {
    role: { arn: undoRoleArn(config, account), externalId, optInKey: config.tags.optIn.key },
    durationMs,
  });
}

async function strikeOne(
  order: Order,
  undo: LastingStrike | undefined,
  session: StrikeSession,
  mode: StrikeMode,
  clock: World['clock'],
): ReturnType<StrikeSession['strike']> {
  const now = clock.now();
  const until = mode.strikeUntil(now);
  // The ledger may have answered late: a call begun now might not end in time to be recorded.
  if (now >= until) return { outcome: 'failed', detail: errorText(new DeadlineReached('strike')) };
  if (undo !== undefined) return mode.inject(undo);
  const over = mode.over();
  if (over !== undefined) return { outcome: 'failed', detail: over.text };
  return session
    .strike(order, until)
    .catch((error: unknown) => ({ outcome: 'unknown', detail: errorText(error) }));
}

function lost(
  claimed: Exclude<ClaimOutcome, { status: 'claimed' }>,
  others: readonly Pick<OtherHit, 'group'>[],
): Reason {
  switch (claimed.status) {
    case 'taken': {
      const { runId, target, state } = claimed.existing;
      return { code: 'already-claimed', text: `run ${runId} has this slot: ${target.id}, ${state}` };
    }
    case 'changed':
      return {
        code: 'already-claimed',
        text:
          claimed.other === undefined
            ? 'its record changed during the run'
            : `it would hit ${claimed.other} as well, whose record changed during the run`,
      };
    case 'exhausted': {
      const hit =
        others.length === 0 ? '' : `it would hit ${listFirst(others.map(({ group }) => group))} as well: `;
      return { code: 'budget-exhausted', text: `${hit}${exhaustedText([claimed.budget])}` };
    }
    case 'locked': {
      const { arn, strike, group } = claimed.lock;
      return { code: 'locked', text: `strike ${strike} of ${group} is active on ${arn}` };
    }
  }
}

const notBegun = {
  stopped: { code: 'stop', text: 'a stop was set during the run' },
  gone: {
    code: 'claim-failed',
    text: 'its claim was withdrawn by a verification that took this run for dead',
  },
} as const;

function errorText(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${messageOf(error)}` : messageOf(error);
}
