import pMap from 'p-map';
import { type ClockSkew, skewText } from '../model/clock-skew.ts';
import { type Failure, failure } from '../model/failure.ts';
import type { FaultRegistry } from '../model/fault.ts';
import { orFallback, type PartialResult } from '../model/partial-result.ts';
import type { RunContext } from '../model/run-context.ts';
import type { UndoEntry } from '../model/undo-entry.ts';
import { unreadableFailures } from '../model/unreadable-item.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ledger, OpenUndos } from '../ports/ledger.ts';
import type { Reach } from '../ports/reach.ts';
import type { Undoer } from '../ports/undoer.ts';
import { type HandledStrike, handledStrike } from '../reports/undo-report.ts';
import { inAwsTime } from './aws-time.ts';
import { contestedText } from './contest.ts';
import { handleEntry } from './handle-entry.ts';
import { lateText } from './late-attempt.ts';
import { isOrderedIn, nextStep, type RoundOrder, type UndoOrder, type UndoStep } from './plan-undo.ts';
import type { UndoProgress } from './undo-progress.ts';

export interface UndoWorld {
  readonly faults: FaultRegistry;
  readonly clock: Clock;
  readonly skew: ClockSkew;
  readonly ledger: Pick<Ledger, 'openUndos' | 'changeUndo' | 'contestUndo' | 'endUndo' | 'settle' | 'stop'>;
  readonly undoer: Undoer;
}

/** What a round came to: the strikes for which a step was due, those that are contested, and how many are open afterwards. */
export interface UndoRound {
  readonly strikes: readonly HandledStrike[];
  readonly open: number;
  readonly failures: readonly Failure[];
}

const accountsAtOnce = 16;
/** Of an account and region. */
const entriesAtOnce = 4;
/** In less, nothing is undone. */
const shortestMs = 2_000;
/** AWS is done with what it is busy with after some seconds. */
const busyMs = 5_000;

/**
 * Says which experiments nobody answers for, of those that have some of these entries. By the ids of their runs. `isAllStopped`: a stop of
 * everything is set.
 */
export type FindOrphans = (
  open: OpenUndos,
  isAllStopped: boolean,
) => Promise<PartialResult<ReadonlySet<string>>>;

const noOrphans: PartialResult<ReadonlySet<string>> = { value: new Set(), failures: [] };

/**
 * Undoes what is due, or ordered: everything once a stop is set, and what orphans have in place. What AWS is busy with is tried again
 * while there is time. An order for some strikes touches no others: what is due of these is the janitor's.
 */
export async function undoDue(
  asked: UndoOrder,
  given: RunContext,
  here: UndoWorld,
  findOrphans: FindOrphans = async () => noOrphans,
): Promise<UndoRound> {
  const { ledger } = here;
  const failures: Failure[] = [];
  // A stop that cannot be read must not keep those from ending that are due.
  const stop = await ledger.stop().catch((error: unknown) => {
    failures.push(failure('control', error));
    return undefined;
  });
  let { found, unreadable } = await ledger.openUndos();
  failures.push(...unreadableFailures('undo', unreadable));
  // Nor must experiments that cannot be read.
  const orphans = await orFallback(
    'control',
    noOrphans.value,
    findOrphans({ found, unreadable }, stop !== undefined),
  );
  failures.push(...orphans.failures);
  let order: RoundOrder = { asked, isStopped: stop !== undefined, orphans: orphans.value };
  // AWS has answered by now.
  const skewed = skewText(here.skew);
  if (skewed !== undefined) failures.push(failure('control', new ClockSkewed(skewed)));
  const { run, world } =
    skewed === undefined ? { run: given, world: here } : inAwsTime(given, here, here.skew);
  const { clock } = world;
  const mine = isOrderForSome(asked) ? found.filter((entry) => isOrderedIn(entry, asked)) : found;

  const handled = new Map<string, HandledStrike>(
    // Whatever is done about the others: people have to see to these.
    mine
      .filter(({ state }) => state === 'contested')
      .map((entry) => [entry.id, handledStrike(entry, 'contested', entry.problem ?? contestedText)]),
  );
  let left: readonly UndoEntry[] = mine;
  for (;;) {
    const due = left.flatMap((entry) => {
      const step = nextStep(entry, order, clock.now());
      return step === undefined ? [] : [{ entry, step }];
    });
    const round = due.length === 0 ? nothing : await handleEach(due, order, run, world);
    for (const [id, one] of round.handled) handled.set(id, one);
    left = round.busy;
    const isWatching = asked.watch === true;
    if ((left.length === 0 && !isWatching) || clock.now() + busyMs >= run.deadline) break;
    await clock.sleep(busyMs);
    if (!isWatching) continue;
    const again = await ledger.openUndos().catch(() => undefined);
    if (again === undefined) continue;
    ({ found, unreadable } = again);
    left = found;
    // What was asked for was tried.
    order = { ...order, asked: {}, isStopped: true };
  }
  const strikes = [...handled.values()];
  for (const { outcome, text, target, group } of strikes) {
    if (outcome !== 'failing' && outcome !== 'contested') continue;
    const { account, region } = target;
    failures.push({ ...failure('undo', new Error(text)), account, region, group });
  }
  const open = found.filter(({ id }) => handled.get(id)?.outcome !== 'ended');
  return { strikes, open: open.length + unreadable.length, failures };
}

export function isOrderForSome({ strikes, account }: UndoOrder): boolean {
  return strikes !== undefined || account !== undefined;
}

class ClockSkewed extends Error {
  override readonly name = 'ClockSkewed';

  constructor(skewed: string) {
    super(`${skewed}, which counts. Correct the clock of its host`);
  }
}

interface Due {
  readonly entry: UndoEntry;
  readonly step: UndoStep;
}

interface Handled {
  readonly handled: ReadonlyMap<string, HandledStrike>;
  readonly busy: readonly UndoEntry[];
}

const nothing: Handled = { handled: new Map(), busy: [] };

/**
 * Account by account, and there region by region, so that one which is slow to answer keeps none from another. What has failed so far
 * comes last: it may hang again.
 */
async function handleEach(
  due: readonly Due[],
  order: RoundOrder,
  run: RunContext,
  world: UndoWorld,
): Promise<Handled> {
  const sorted = due.toSorted((a, b) => a.entry.attempts - b.entry.attempts);
  const byAccount = Map.groupBy(sorted, ({ entry }) => entry.target.account);
  const handled = await pMap(byAccount.values(), (ofOne) => handleAccount(ofOne, order, run, world), {
    concurrency: accountsAtOnce,
  });
  return {
    handled: new Map(handled.flatMap((one) => [...one.handled])),
    busy: handled.flatMap((one) => one.busy),
  };
}

async function handleAccount(
  due: readonly Due[],
  order: RoundOrder,
  run: RunContext,
  { undoer, ...world }: UndoWorld,
): Promise<Handled> {
  const handled = new Map<string, HandledStrike>();
  const busy: UndoEntry[] = [];
  // What is not begun stays due: a failure that says nothing about the target would only have it tried less often.
  const isLate = () => world.clock.now() + shortestMs >= run.deadline;
  const leave = (entry: UndoEntry) => handled.set(entry.id, handledStrike(entry, 'waits', lateText));
  const entries = due.map(({ entry }) => entry);
  if (isLate()) {
    entries.forEach(leave);
    return { handled, busy };
  }
  const opened = await orFallback('assume-role', new Map<string, Reach>(), undoer.open(entries, run));
  const handle = async ({ entry, step }: Due) => {
    if (isLate()) return void leave(entry);
    const reach = opened.value.get(entry.id) ?? outOfReach(entry, opened.failures);
    const progress = await handleEntry(entry, step, order, { ...world, reach }, run.deadline);
    // What this round cannot see the end of is left to another.
    if (progress.is === 'busy' && (progress.notBefore ?? 0) < run.deadline) busy.push(progress.entry);
    const strike = strikeOf(entry, progress);
    if (strike !== undefined) handled.set(entry.id, strike);
  };
  const byRegion = Map.groupBy(due, ({ entry }) => entry.target.region);
  await Promise.all(
    [...byRegion.values()].map((ofOne) => pMap(ofOne, handle, { concurrency: entriesAtOnce })),
  );
  return { handled, busy };
}

/** Undefined for one that somebody else is at. */
function strikeOf(before: UndoEntry, progress: UndoProgress): HandledStrike | undefined {
  switch (progress.is) {
    case 'taken':
      return undefined;
    case 'ended':
      return handledStrike(
        before,
        'ended',
        [progress.end, progress.effect ?? [], progress.warning ?? []].flat().join(': '),
      );
    case 'active':
      return handledStrike(progress.entry, 'active', `it is in place until ${progress.entry.deadline}`);
    case 'busy':
      return {
        ...handledStrike(progress.entry, 'waits', progress.why),
        ...(progress.notBefore !== undefined && { notBefore: new Date(progress.notBefore).toISOString() }),
      };
    default:
      return handledStrike(progress.entry, progress.is, progress.why);
  }
}

/** Fails at the first call, so that its entry is counted as one that cannot be undone. */
function outOfReach({ target }: UndoEntry, failures: readonly Failure[]): Reach {
  const why = failures.find(({ account }) => account === target.account) ?? failures[0];
  const fail = () => {
    throw Object.assign(new Error(why?.message ?? `account ${target.account} is out of reach`), {
      name: why?.code ?? 'OutOfReach',
    });
  };
  return { injector: fail, arm: async () => fail(), disarm: async () => fail() };
}
