import type { ExperimentRun } from '#core/experiment/engine/experiment-run.ts';
import type { Alarm } from '#core/model/group.ts';
import { anExperimentRecord } from '../support/an-experiment-record.ts';
import { aControlPlane } from '../undo-histories/control-plane.ts';
import { checkEnd } from '../undo-histories/ending.ts';
import { clean } from '../undo-histories/functions.ts';
import { playSeed, type SeedHistory, watchInvariants } from '../undo-histories/play-seed.ts';
import { deathOf, rounds } from '../undo-histories/random-events.ts';
import { comeToRest, countEnds } from '../undo-histories/rest.ts';
import { type Deeds, undoInvariants, Violation } from '../undo-histories/undo-invariants.ts';
import { undoOrganization } from '../undo-histories/undo-organization.ts';
import type { Doing, EngineParts } from './engine.ts';
import { type Execution, startExecution } from './execution.ts';
import { checkLease, checkReport, checkStop, checkVerdict } from './experiment-ending.ts';
import { experimentInvariants, type Interference } from './experiment-invariants.ts';
import { randomInterference } from './interference.ts';
import { randomExperiment, randomTargets } from './random-experiment.ts';
import { scriptedProbes } from './scripted-probes.ts';

const id = '20261123T100000Z-00000001';
const minuteMs = 60_000;
/** Beyond a minute between two clocks, an undo that is long done may be waited for in vain. */
const mostSkewMs = 30_000;
/** Somebody runs it by then. */
const startsWithinMs = 95_000;
/** Until then janitors run by themselves. */
const lengthMinutes = 14;
/** Of a lease that nobody renews, with its wait. */
const mostRounds = 12;

/** Simulates an experiment from its start to its record, under failures. Throws, naming the seed, if an invariant is violated. */
export function simulateExperimentSeed(seed: number): Promise<SeedHistory> {
  return playSeed(seed, 'experiments', async ({ random, clock, say, count }) => {
    const maxPercent = random.pick([25, 50, 100, 100]);
    const settings = { experiments: { maxPercent } };
    const world = await undoOrganization(randomTargets(random.split()), clock, random.split(), settings);
    for (const { account, title, owner, region } of world.places) {
      say(`${owner} ${account}: ${title}`);
      for (let at = -60; at < 180; at += 10) {
        const of = { namespace: 'AWS/Lambda', name: 'Invocations', dimensions: { FunctionName: 'checkout' } };
        region.metrics.put({ ...of, at: clock.now() + at * minuteMs, value: 1_000 });
      }
    }
    const experiment = randomExperiment(world.places, world.config, random.split());
    say(JSON.stringify(experiment));
    const run: ExperimentRun = {
      ...{ id, experiment, fileHash: 'ab'.repeat(32), rehearsal: random.chance(0.05) },
      ...{ trigger: 'cli', startedBy: 'alice', timeZone: 'UTC' },
    };

    const deeds: Deeds = {
      stoppedSince: new Map(),
      foreign: new Map(),
      meddled: new Set(),
      undoneAll: new Set(),
    };
    const storm = random.pick([0, 0, 0, 0, 1, 3]);
    const interference: Interference = { isSlow: storm > 0, keptOut: new Map() };
    const probes = scriptedProbes(world, random.split());
    const labels: Pick<EngineParts, 'doing' | 'looks' | 'orders'> = {
      ...{ doing: new Map(), looks: new Map(), orders: [] },
    };
    const ledger = random.pick(['memory', 'memory', 'table'] as const);
    // Leases are in AWS's time, which only the answers of AWS tell.
    const skew = () => (ledger === 'memory' ? 0 : random.int(-mostSkewMs, mostSkewMs));
    const planeSeed = { name: 'a', ledger, skewMs: { run: skew(), janitor: skew() } };
    say(`plane ${JSON.stringify(planeSeed)}`);
    const held = undoInvariants(world, () => [plane], deeds);
    const { guarded, look, play } = watchInvariants(clock, async () => {
      await held.check();
      const record = await plane.ledger.experiment(id);
      if (record !== undefined) checkLease(record, clock.now(), execution, interference);
    });
    const own = experimentInvariants(run, world, {
      ...{ ...labels, taken: probes.taken, interference },
      isMeddledWith: (place) => deeds.foreign.has(place) || deeds.meddled.has(place),
    });
    const plane = aControlPlane(planeSeed, world, random.split(), async (change) => {
      const { place, action, by } = change;
      count('changes');
      const doing: Doing | undefined = labels.doing.get(by);
      const who = by.injects ? `stage ${doing?.stage} ${doing?.step}` : 'janitor';
      say(`${place.account} ${action} by ${who}`);
      await guarded(async () => own.onChange(change));
      await guarded(() => held.onChange(plane, change));
    });
    world.weather.storm = storm;

    const { fileHash, rehearsal, trigger, startedBy } = run;
    const { stopConditions } = experiment;
    const recorded = { fileHash, rehearsal, trigger, startedBy, stopConditions };
    await clock.inTurn(() =>
      plane.ledger.beginExperiment(
        anExperimentRecord({ ...recorded, id, leaseUntil: clock.now() + startsWithinMs }),
      ),
    );
    const alarm: { state: Alarm['state'] } = { state: 'OK' };
    const host = random.chance(0.8) ? ('durable' as const) : ('plain' as const);
    say(`host ${host}, storm ${storm}${run.rehearsal ? ', a rehearsal' : ''}`);
    const isMortal = random.chance(0.4);
    const [deaths, inBackground]: [typeof random, Promise<void>[]] = [random.split(), []];
    const execution: Execution = startExecution(run, host, {
      ...{ world, plane, probes, random: random.split(), say, count, ...labels },
      alarm: () => alarm.state,
      deathOfEngine: () => (isMortal ? deathOf(deaths, 0.7, deaths.pick([60, 300, 900])) : undefined),
      deathOfJanitor: () => (isMortal ? deathOf(deaths, 0.15, 30) : undefined),
      onReport: (report) => guarded(() => clock.inTurn(() => checkReport(report, probes))),
      background: (work) => void inBackground.push(guarded(async () => void (await work))),
    });
    const history = { ...{ world, planes: [plane], deeds, held, say, count }, random: random.split() };
    const deedsOfOthers = randomInterference(
      {
        ...history,
        ...{ id, interference, alarm, execution: () => execution },
        isWatching: async () =>
          execution.life?.isUnderWay() === true &&
          execution.deaths === 0 &&
          labels.doing.size === 0 &&
          (await clock.inTurn(probes.countBroken)) > 0,
        hasStopCondition: experiment.stopConditions.length > 0,
      },
      random.split(),
    );
    const events = [...rounds(plane, history, random.split(), lengthMinutes), ...deedsOfOthers];
    await play(events.sort((a, b) => a.at - b.at));
    await execution.ended;
    await Promise.all(inBackground);
    await comeToRest(world, [plane], deeds, look, held.overAt);
    for (let round = 0; round < mostRounds; round += 1) {
      const { found } = await clock.inTurn(() => plane.ledger.runningExperiments());
      if (found.length === 0) break;
      await clock.sleep(minuteMs);
      await clean(plane, {}, undefined, world);
    }
    await clock.inTurn(() => checkEnd(world, [plane], deeds, held));
    const [doubled] = execution.durable.doubled;
    if (doubled !== undefined) throw new Violation(`two steps of one process are called ${doubled}`);
    if (execution.deaths === 0) checkStop(interference, labels.orders);
    const record = await plane.ledger.experiment(id);
    const isTroubled = storm > 0 || isMortal || execution.deaths > 0 || events.length > lengthMinutes;
    checkVerdict(execution.report, record, {
      ...{ experiment, rehearsal: run.rehearsal, taken: probes.taken, interference, isTroubled },
      wasUndoneByOthers: deeds.undoneAll.size > 0,
      ...{ struck: own.struck, holds: own.holds, skewMs: planeSeed.skewMs.run },
    });
    say(`${record?.ended?.verdict}: ${record?.ended?.why}`);
    count(`verdict ${execution.report?.verdict.is ?? 'none, and the janitor ended it'}`);
    await countEnds([plane], count);
  });
}
