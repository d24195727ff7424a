import { announceInTime } from '#core/experiment/control/announce-in-time.ts';
import type { ExperimentRun } from '#core/experiment/engine/experiment-run.ts';
import type { Host } from '#core/experiment/engine/host.ts';
import { plainHost } from '#core/experiment/engine/plain-host.ts';
import type {
  ControlPort,
  ExperimentNews,
  ExperimentPorts,
  OpenUndo,
  Stopped,
} from '#core/experiment/engine/ports.ts';
import { runExperiment } from '#core/experiment/engine/run-experiment.ts';
import { LagWatch } from '#core/experiment/sampling/lag-watch.ts';
import { openSampler } from '#core/experiment/sampling/open-sampler.ts';
import type { Experiment, ProbeSpec } from '#core/model/experiment.ts';
import type { Sample } from '#core/model/sample.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { Probe } from '#core/ports/probe.ts';
import type { StruckTarget } from '#core/reports/experiment-report.ts';
import { VirtualClock } from '#sandbox/clock.ts';
import { probeMeans } from '../../../support/a-probe.ts';

export const startsAt = Date.parse('2026-11-23T09:00:00Z');

export function anExperiment(overrides: Partial<Experiment> = {}): Experiment {
  return {
    version: 'chaos/v1',
    title: 'What if listImages takes an extra 300 ms?',
    // biome-ignore lint/suspicious/noThenProperty: the field's word, and a text is no function.
    hypothesis: { if: 'listImages takes 300 ms longer', then: 'pages still load within 800 ms' },
    owner: 'team-shop',
    tags: [],
    notes: '',
    steadyState: {
      baselineMs: 10_000,
      falseAlarms: 0.01,
      probes: [
        {
          ...{ name: 'page', type: 'http', everyMs: 100, timeoutMs: 1_000, parameters: {} },
          tolerance: { bad: 0.05 },
        },
      ],
    },
    observations: [],
    method: [
      {
        name: 'slow',
        fault: { name: 'lambda-latency', parameters: {} },
        target: { kind: 'lambda', select: { count: 1 } },
        holdMs: 60_000,
        startAfter: [],
      },
    ],
    stopConditions: [],
    stages: [{}],
    pauseMs: 0,
    recovery: { withinMs: 30_000 },
    notify: { leadMs: 0 },
    ...overrides,
  };
}

/** What happens in an experiment's world. `at`: ms since the beginning. */
export interface Weather {
  readonly experiment?: Experiment;
  readonly rehearsal?: boolean;
  /** What a sample is. Left out: all are good. */
  readonly sample?: (
    probe: string,
    about: { readonly at: number; readonly inEffect: boolean },
  ) => Sample['is'];
  readonly stoppedAt?: number;
  /** Somebody stops it as soon as a fault is in place. */
  readonly isStoppedInEffect?: boolean;
  readonly closed?: string;
  /** Somebody else undoes every fault before its time is over. */
  readonly isUndoneByOthers?: boolean;
  /** How a strike comes out. Left out: it succeeds. */
  readonly outcome?: StruckTarget['outcome'];
  /** How many of the four targets that are found may be struck at once. Left out: all. */
  readonly allowed?: number;
  /** How often undoing fails first. */
  readonly undoFails?: number;
  /** How long calls of the method take, in ms. Left out: a strike takes a second, the others no time. */
  readonly takes?: Partial<Record<'resolve' | 'strike' | 'undo', number>>;
  /** How long faults may take to show. Left out: no time. */
  readonly showsAfterMs?: number;
  /** Measured as in AWS, by their types. Left out: each sample is answered as it is due. */
  readonly probes?: Readonly<Record<string, Probe>>;
  /** Tells people. Left out: that works at once. */
  readonly announce?: ControlPort['announce'];
  /** Called before each call of a port; may throw. */
  readonly onCall?: (call: string) => void;
  readonly host?: (clock: VirtualClock, isStopped: () => Promise<boolean>) => Host;
  /** Resolves when the process dies; another begins the experiment again. */
  readonly death?: Promise<void>;
}

export function aRun({ experiment = anExperiment(), rehearsal = false }: Weather = {}): ExperimentRun {
  return {
    ...{ id: '20261123T090000Z-00000001', experiment, fileHash: 'ab', rehearsal },
    ...{ trigger: 'cli', startedBy: 'alice', timeZone: 'Europe/Berlin' },
  };
}

/** Runs an experiment on the plain host, unless another is given, in a world of fakes, and notes what was done. */
export async function play(weather: Weather = {}) {
  const clock = new VirtualClock({ startsAt, jumps: true });
  const { ports, stopped, at, die, ...seen } = fakePorts(weather, clock);
  const isStopped = async () => (await stopped()) !== undefined;
  const host = (weather.host ?? plainHost)(clock, isStopped);
  const run = aRun(weather);
  const died = weather.death?.then(() => undefined);
  let report = await Promise.race([runExperiment(run, host, ports), ...(died ? [died] : [])]);
  if (report === undefined) {
    die();
    report = await runExperiment(run, host, ports);
  }
  return { report, ...seen, took: at() };
}

/** A world of fakes, and what was done to it. */
export function fakePorts(weather: Weather, clock: Clock) {
  const events: string[] = [];
  const news: ExperimentNews[] = [];
  const leases: number[] = [];
  /** Ms since the beginning. */
  const renewedAt: number[] = [];
  const inPlace = new Set<string>();
  const at = () => clock.now() - startsAt;
  let struck = 0;
  const takes = { resolve: 0, strike: 1_000, undo: 0, ...weather.takes };
  let undoFails = weather.undoFails ?? 0;
  const note = (call: string) => {
    weather.onCall?.(call);
    events.push(`${call} ${at() / 1_000}`);
  };
  let isStopped = false;
  const stopped = async (): Promise<Stopped | undefined> => {
    isStopped ||= weather.stoppedAt !== undefined && at() >= weather.stoppedAt;
    isStopped ||= weather.isStoppedInEffect === true && inPlace.size > 0;
    return isStopped ? { by: 'stop by alice' } : undefined;
  };
  /** Of the process that is alive. */
  let process = new AbortController();
  const ports: ExperimentPorts = {
    clock,
    showsAfterMs: () => weather.showsAfterMs ?? 0,
    describe: ({ name, type }: ProbeSpec) => {
      const { measures, settlesMs } = weather.probes?.[type] ?? { measures: 'events', settlesMs: 0 };
      return { ...{ what: name, measures, settlesMs }, unit: 'ms' };
    },
    openSampler: async (spec) => {
      const probe = weather.probes?.[spec.type];
      const parts = { means: probeMeans(clock), lag: new LagWatch(), seed: 'run' };
      if (probe !== undefined) return openSampler(probe, spec, parts);
      return {
        spec,
        async *between(from, to, stop) {
          const over = AbortSignal.any([stop, process.signal]);
          for (let due = from; due < to; due += spec.everyMs) {
            if (due > clock.now()) await clock.sleep(due - clock.now(), over);
            if (over.aborted) return;
            const is = weather.sample?.(spec.name, { at: at(), inEffect: inPlace.size > 0 }) ?? 'good';
            yield { due, is, ...(is !== 'unmeasured' && { value: is === 'good' ? 20 : 400 }) };
          }
        },
        close: async () => note(`close ${spec.name}`),
      };
    },
    method: {
      closed: async () => weather.closed,
      resolve: async (step, stage) => {
        note(`resolve ${step.name} ${stage}`);
        if (takes.resolve > 0) await clock.sleep(takes.resolve);
        const count =
          step.target.select === 'all' ? 2 : 'count' in step.target.select ? step.target.select.count : 1;
        const rounds = [
          Array.from({ length: count }, (_, index) => `111111111111/eu-west-1/lambda/f${index}`),
        ];
        return {
          step: step.name,
          at: clock.now(),
          found: 4,
          wanted: count,
          allowed: weather.allowed ?? 4,
          rounds,
          spared: [],
          failures: [],
        };
      },
      strike: async (step, { rounds }, stage) => {
        note(`strike ${step.name} ${stage}`);
        await clock.sleep(takes.strike);
        const outcome = weather.outcome ?? 'succeeded';
        const strikes = rounds.flat().map((group): StruckTarget => {
          struck += 1;
          const undo = `${struck}`.padStart(16, '0');
          if (outcome !== 'failed') inPlace.add(undo);
          const [account = '', region = ''] = group.split('/');
          return {
            ...{ step: step.name, stage, group, fault: step.fault, outcome, detail: 'done', undo },
            target: { kind: 'lambda-function', id: group, arns: {}, account, region, group, facts: {} },
            from: new Date(clock.now()).toISOString(),
            byHand: ['aws lambda ...'],
          };
        });
        return { strikes, failures: [] };
      },
      undo: async (ids = [...inPlace]): Promise<readonly OpenUndo[]> => {
        note('undo');
        if (takes.undo > 0) await clock.sleep(takes.undo);
        if (undoFails > 0) {
          undoFails -= 1;
          return ids.map((id) => ({ id, group: 'f0', why: 'Throttled', byHand: ['aws lambda ...'] }));
        }
        for (const id of ids) inPlace.delete(id);
        return [];
      },
      undone: async (ids) => {
        if (weather.isUndoneByOthers === true) inPlace.clear();
        return ids.filter((id) => !inPlace.has(id));
      },
      observe: async (ids) => {
        weather.onCall?.('observe');
        if (weather.isUndoneByOthers === true) inPlace.clear();
        return ids.map((id) => {
          if (inPlace.has(id)) return { id, is: 'in-place', text: 'it is in place' };
          return { id, is: 'not-in-place', text: 'its target is as it was before' };
        });
      },
      recovered: async () => note('recovered'),
    },
    control: {
      stopped: async () => {
        weather.onCall?.('stopped');
        return stopped();
      },
      renewLease: async (until) => {
        weather.onCall?.('lease');
        leases.push(until - clock.now());
        renewedAt.push(at());
      },
      announce: announceInTime(
        async (one) => {
          news.push(one);
          await weather.announce?.(one);
        },
        { clock, journal: { failed: () => {} } },
      ),
    },
  };
  /** What ran in the process that is alive ends with it. */
  const die = () => {
    process.abort();
    process = new AbortController();
  };
  return { ports, stopped, at, die, events, news, leases, renewedAt, inPlace };
}
