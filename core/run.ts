import type { TargetAccount } from './config.ts';
import { type Chosen, chooseTarget, type Decided, decideGroup, type Grounds, spared } from './decide.ts';
import { draws } from './draw.ts';
import { failure } from './errors.ts';
import { checkGates } from './gates/index.ts';
import { orElse } from './gathered.ts';
import type { InspectedInstance } from './group.ts';
import { type Leash, leashOf } from './leash.ts';
import { type Findings, makeReport, withFailures } from './make-report.ts';
import type { Control, RunContext, World } from './ports.ts';
import type { Door, Failure, RunReport, Slot } from './report.ts';
import { type RunRequest, regionsAsked } from './request.ts';
import { leashedStrikes, type Ordered, strikeAll } from './strike.ts';
import { wantedGroups } from './wanted-groups.ts';

/** A request that came in by one of the doors, and the run it starts. */
export interface Run extends RunContext {
  readonly request: RunRequest;
  readonly door: Door;
  readonly slot: Slot;
}

/**
 * One run: gates, survey, decide, claim, strike, record, announce. Does not throw for anything the world does: what could not
 * be done is a failure in the report, and all else goes on.
 */
export async function run(run: Run, world: World): Promise<RunReport> {
  const startedAt = world.clock.now();
  const leash = leashOf(run.request, world.config);
  world.journal.begun(run, run.slot);

  const control = await readControl(world);
  const known = 'secret' in control;
  const gates = checkGates(
    { config: world.config, slot: run.slot, now: startedAt, stop: known ? control.stop : 'unknown' },
    leash.mode,
  );
  const findings =
    known && !gates.closed
      ? await surveyAndStrike(run, leash, control.secret, world)
      : { ...nothing, failures: known ? [] : [control] };

  const report = makeReport(run, leash, gates, findings, { startedAt, endedAt: world.clock.now() });
  return recordAndAnnounce(report, world);
}

async function surveyAndStrike(run: Run, leash: Leash, secret: string, world: World): Promise<Findings> {
  const { request } = run;
  const grounds: Grounds = { ...world, request, draws: draws(secret, run.slot.id) };

  const accounts = scopeOf(request, world.config.accounts)
    // In another order in every slot: should time run out, it is not always the same accounts that are left out.
    .map((account) => ({ account, place: grounds.draws.number('order', account.id) }))
    .sort((a, b) => a.place - b.place)
    .map(({ account }) => account);
  const wanted = wantedGroups(request.groups);
  const survey = await orElse(
    'survey',
    { seen: [], regionsSurveyed: 0 },
    world.fleet.survey(accounts, run, (group) => (wanted.takes(group) ? [decideGroup(group, grounds)] : [])),
  );
  const decided = survey.found.seen.flat();

  const toInspect = decided.flatMap(({ drawn }) => drawn?.group ?? []);
  const inspection = await orElse('inspect', new Map(), world.fleet.inspect(toInspect, run));
  const chosen = decided.map((one) => chooseFrom(one, inspection.found, grounds));

  const ordered = chosen.filter((one): one is Ordered => one.order !== undefined);
  const spares = chosen.filter(({ order }) => order === undefined).map(({ decision }) => decision);
  for (const decision of spares) world.journal.decided(decision);
  const struck =
    leash.mode === 'live' ? await strikeAll(ordered, run, world) : leashedStrikes(ordered, world);
  return {
    accounts: accounts.length,
    regionsSurveyed: survey.found.regionsSurveyed,
    groupsNotFound: wanted.notSeen(),
    decisions: [...struck.decisions, ...spares],
    strikes: struck.strikes,
    failures: [...survey.failures, ...inspection.failures, ...struck.failures],
  };
}

function chooseFrom(
  { drawn, decision }: Decided,
  inspected: ReadonlyMap<string, readonly InspectedInstance[]>,
  grounds: Grounds,
): Chosen {
  if (drawn === undefined) return { decision, order: undefined };
  const { group, fault } = drawn;
  const instances = inspected.get(group.key);
  return instances === undefined
    ? {
        order: undefined,
        decision: spared(decision, 'not-inspected', 'its instances could not be looked up'),
      }
    : chooseTarget(group, fault, decision, instances, grounds);
}

async function readControl({ ledger }: World): Promise<Control | Failure> {
  return ledger.control().catch((error: unknown) => failure('control', error));
}

/** The report with what could not be recorded or announced in it. Neither waits for the other: time may be short. */
async function recordAndAnnounce(report: RunReport, world: World): Promise<RunReport> {
  const [recorded, announced] = await Promise.allSettled([
    world.ledger.recordRun(report),
    world.announcer.announce(report),
  ]);
  const complete = withFailures(report, [
    ...(recorded.status === 'rejected' ? [failure('record', recorded.reason)] : []),
    ...(announced.status === 'rejected' ? [failure('announce', announced.reason)] : []),
  ]);
  for (const one of complete.failures) world.journal.failed(one);
  world.journal.ended(complete);
  return complete;
}

/** The configured accounts and regions that the request leaves. */
function scopeOf(request: RunRequest, configured: readonly TargetAccount[]): readonly TargetAccount[] {
  return configured
    .map((account) => ({ ...account, regions: [...regionsAsked(account, request)] }))
    .filter((account) => account.regions.length > 0);
}

const nothing: Findings = {
  accounts: 0,
  regionsSurveyed: 0,
  groupsNotFound: [],
  decisions: [],
  strikes: [],
  failures: [],
};
