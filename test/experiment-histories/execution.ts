import type { ExperimentRun } from '#core/experiment/engine/experiment-run.ts';
import { plainHost } from '#core/experiment/engine/plain-host.ts';
import { runExperiment } from '#core/experiment/engine/run-experiment.ts';
import { experimentEnd } from '#core/reports/experiment-end.ts';
import type { ExperimentReport } from '#core/reports/experiment-report.ts';
import { durableHost } from '#lambdas/chaos-experiment/durable-host.ts';
import { performExperiment } from '#lambdas/chaos-experiment/experiment.ts';
import type { SeededRandom } from '../histories/seeded-random.ts';
import type { ProcessOfPlane } from '../undo-histories/control-plane.ts';
import type { Death, Life } from '../undo-histories/life.ts';
import { aDurableExecution, type DurableExecution, resumesAfterMs } from './durable-execution.ts';
import { type EngineParts, engineOf } from './engine.ts';

export interface ExecutionParts extends EngineParts {
  readonly random: SeededRandom;
  readonly say: (text: string) => void;
  readonly count: (what: string) => void;
  readonly deathOfEngine: () => Death | undefined;
  readonly onReport: (report: ExperimentReport) => Promise<void>;
}

export interface Execution {
  /** Of the process that is at work, if one is. */
  life: Life | undefined;
  /** What it came to, as kept with the reports. */
  report: ExperimentReport | undefined;
  readonly durable: DurableExecution;
  /** How many of its processes have died. */
  deaths: number;
  /** Resolves once nobody goes on with it. */
  readonly ended: Promise<void>;
}

const mostInvocations = 40;

/** Runs an experiment to its end, or until nobody goes on with it: `durable` in as many processes as it takes, `plain` in one. */
export function startExecution(
  run: ExperimentRun,
  host: 'durable' | 'plain',
  parts: ExecutionParts,
): Execution {
  const { plane, world, random, say, count, deathOfEngine, doing } = parts;
  const durable = aDurableExecution(world.clock);
  const minutes = Math.max(
    ...run.experiment.method.map(({ fault }) => Object(fault.parameters).minutes as number),
  );
  const begin = () => {
    const self: ProcessOfPlane = plane.begin(
      { minutes, isFatal: random.chance(0.08), isWriting: () => doing.has(self) },
      deathOfEngine(),
    );
    execution.life = self.life;
    return { self, ports: engineOf(run, self, parts) };
  };
  const runDurable = async ({ self, ports }: ReturnType<typeof begin>) => {
    const { life, ledger } = self;
    const over = new AbortController();
    void life.died.then(() => over.abort());
    const invokedAt = life.clock.now();
    const { verdict, why } = await performExperiment(
      { id: run.id, file: '' },
      {
        over: over.signal,
        openHost: (listen) => durableHost(durable.contextOf(life), { clock: life.clock, invokedAt, listen }),
      },
      {
        ...{ clock: life.clock, ledger, open: () => ports },
        ...{ read: () => run, timeZone: run.timeZone },
        reports: {
          put: async (report) => {
            await parts.onReport(report);
            return life.call(() => {
              if (world.weather.isBad(0.1)) throw new Error('the bucket is busy');
              execution.report = report;
              return '';
            });
          },
        },
      },
    );
    return `${verdict}: ${why}`;
  };
  const runPlain = async ({ self, ports }: ReturnType<typeof begin>) => {
    const { life, ledger } = self;
    const isStopped = async () => (await ports.control.stopped()) !== undefined;
    const report = await runExperiment(run, plainHost(life.clock, isStopped), ports);
    await parts.onReport(report);
    execution.report = report;
    await ledger.endExperiment(run.id, experimentEnd(report)).catch(() => {});
    return `${report.verdict.is}: ${report.verdict.why}`;
  };

  const go = async () => {
    for (let invocation = 0; invocation < mostInvocations; invocation += 1) {
      const process = begin();
      const { life } = process.self;
      const work = host === 'durable' ? runDurable(process) : runPlain(process);
      const ending = await Promise.race([
        life.died.then(() => undefined),
        work.catch((error: unknown) => `threw ${String(error)}`),
      ]);
      life.die();
      if (ending !== undefined) return say(`the experiment ended: ${ending}`);
      if (durable.isSuspended()) {
        count('suspensions');
        await durable.waitUntilItGoesOn();
        continue;
      }
      execution.deaths += 1;
      count('engines that died');
      if (host === 'plain' || random.chance(0.25)) return say('the experiment died, and nobody goes on');
      const ms = resumesAfterMs(random);
      say(`the engine died, and another goes on in ${ms / 1_000} s`);
      await world.clock.sleep(ms);
    }
  };
  const execution: Execution = {
    life: undefined,
    report: undefined,
    durable,
    deaths: 0,
    ended: Promise.resolve(),
  };
  return Object.assign(execution, { ended: go() });
}
