import { LocalDurableTestRunner } from '@aws/durable-execution-sdk-js-testing';
import { inMemoryLedger } from '#core/ledger/in-memory-ledger.ts';
import type { ExperimentReport } from '#core/reports/experiment-report.ts';
import { chaosExperiment } from '#lambdas/chaos-experiment/experiment.ts';
import { aRun, fakePorts, startsAt, type Weather } from '../../core/experiment/engine/an-experiment.ts';
import { anExperimentRecord } from '../../support/an-experiment-record.ts';
import { fastClock } from './fast-clock.ts';

/** An execution of `chaos_experiment` on the local runner, in a world of fakes, `times` as fast as this machine's clock. */
export async function anExecution(weather: Weather & { readonly times?: number } = {}) {
  const { times = 50 } = weather;
  const clock = fastClock(startsAt, times);
  const { ports, ...seen } = fakePorts(weather, clock);
  const run = aRun(weather);
  const ledger = inMemoryLedger({ newSecret: () => 'ab'.repeat(32) });
  const { id, experiment, fileHash, rehearsal, trigger, startedBy, timeZone } = run;
  const recorded = { id, fileHash, rehearsal, trigger, startedBy };
  await ledger.beginExperiment(anExperimentRecord({ ...recorded, leaseUntil: startsAt + 300_000 }));
  /** However long this machine takes between two steps, no sample is missed: those of the last seconds can be asked for. */
  const openSampler: typeof ports.openSampler = async (spec) => {
    const sampler = await ports.openSampler(spec);
    return { ...sampler, between: (from, to, stop) => sampler.between(from - 3_000 * times, to, stop) };
  };
  let isStopped = false;
  const stopped = async () => (isStopped ? { by: 'stop by alice' } : ports.control.stopped());
  const reports: ExperimentReport[] = [];
  const overs: AbortSignal[] = [];
  const handler = chaosExperiment({
    ...{ clock, timeZone, read: () => ({ experiment, fileHash }) },
    open: (opened, over) => {
      overs.push(over);
      const renewLease = async (until: number, isWaiting = false, wakeUp?: string) => {
        await ports.control.renewLease(until);
        // It never lapses: waits take the runner's time, which is another.
        const lease = { now: startsAt, until, isWaiting };
        await ledger.renewLease(opened.id, wakeUp === undefined ? lease : { ...lease, wakeUp });
      };
      return { ...ports, openSampler, control: { ...ports.control, stopped, renewLease } };
    },
    ledger: {
      experiment: ledger.experiment,
      endExperiment: async (id, end) => {
        weather.onCall?.('end');
        await ledger.endExperiment(id, end);
      },
    },
    reports: {
      put: async (report) => {
        weather.onCall?.('report');
        reports.push(report);
        return `https://reports.example/${report.id}`;
      },
    },
  });
  const runner = new LocalDurableTestRunner({ handlerFunction: handler });
  const execution = runner.run({ payload: { id, file: '' } });
  return {
    ...{ runner, ledger, overs, run, ...seen },
    stop: () => {
      isStopped = true;
    },
    /** What it came to. */
    result: async () => {
      const ended = await execution;
      return {
        status: ended.getStatus(),
        invocations: ended.getInvocations().length,
        operations: ended.getOperations().map((one) => `${one.getName()} ${one.getStatus()}`),
        report: reports.at(-1),
        record: await ledger.experiment(run.id),
      };
    },
  };
}
