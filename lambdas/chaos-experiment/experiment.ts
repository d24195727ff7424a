import type { LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import { ExperimentRun } from '#core/experiment/engine/experiment-run.ts';
import { besideLease, holdLeaseForWait } from '#core/experiment/engine/lease.ts';
import type { ExperimentPorts } from '#core/experiment/engine/ports.ts';
import { runExperiment } from '#core/experiment/engine/run-experiment.ts';
import { stepNames } from '#core/experiment/engine/step-names.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { ExperimentLedger } from '#core/ports/experiment-ledger.ts';
import type { ExperimentReports } from '#core/ports/experiment-reports.ts';
import { experimentEnd } from '#core/reports/experiment-end.ts';
import type { ExperimentVerdict } from '#core/reports/experiment-report.ts';
import { type DurableInvocation, durableFunction } from './durable-host.ts';
import { samplersUntil } from './samplers-until.ts';

export interface ExperimentParts {
  readonly clock: Clock;
  /** Left out: the SDK's own. */
  readonly client?: LambdaClient;
  readonly ledger: Pick<ExperimentLedger, 'experiment' | 'endExperiment'>;
  readonly reports: Pick<ExperimentReports, 'put'>;
  /**
   * What an experiment works with until the invocation is over: it may last for days, and a session in a target account lasts for
   * minutes.
   */
  open(run: ExperimentRun, over: AbortSignal): ExperimentPorts;
}

export interface ExperimentAnswer {
  readonly id: string;
  readonly verdict: ExperimentVerdict['is'];
  readonly why: string;
}

/** The durable function `chaos_experiment`: a run of an experiment in, its verdict out. */
export function chaosExperiment(parts: ExperimentParts) {
  return durableFunction(
    ExperimentRun,
    (run, invocation) => performExperiment(run, invocation, parts),
    parts,
  );
}

/** All of it that an invocation can do. */
export async function performExperiment(
  run: ExperimentRun,
  { openHost, over }: DurableInvocation,
  { ledger, reports, open }: ExperimentParts,
): Promise<ExperimentAnswer> {
  const ports = open(run, over);
  const host = openHost(async (ms, wakeUp) => {
    await holdLeaseForWait(ms, ports, wakeUp);
    const { stop, ended } = (await ledger.experiment(run.id)) ?? {};
    return stop !== undefined || ended !== undefined;
  });
  const openSampler = samplersUntil(over, ports.openSampler);
  const report = await runExperiment(run, host, { ...ports, openSampler });
  let page: string | undefined;
  try {
    ({ page } = await host.step(stepNames.report, Kept, () =>
      besideLease(ports, async () => ({ page: await reports.put(report) })),
    ));
  } finally {
    // A verdict without its page is one all the same.
    // Until then a finished experiment looks like one that has died: each try of these steps renews its lease.
    await host.step(stepNames.ended, Done, () =>
      besideLease(ports, async () => {
        await ledger.endExperiment(run.id, experimentEnd(report));
        return {};
      }),
    );
    await host.step(stepNames.tellEnded, Done, async () => {
      await ports.control.announce({ is: 'ended', report, page });
      return {};
    });
  }
  return { id: run.id, verdict: report.verdict.is, why: report.verdict.why };
}

/** Where the report is. */
const Kept = z.object({ page: z.string() });
const Done = z.object({});
