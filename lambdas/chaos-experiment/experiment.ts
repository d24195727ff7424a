import type { LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import { ExperimentRun } from '#core/experiment/engine/experiment-run.ts';
import type { Host } from '#core/experiment/engine/host.ts';
import { besideLease, holdLeaseForWait } from '#core/experiment/engine/lease.ts';
import type { ExperimentPorts } from '#core/experiment/engine/ports.ts';
import { runExperiment } from '#core/experiment/engine/run-experiment.ts';
import { stepNames } from '#core/experiment/engine/step-names.ts';
import type { ReadExperiment } from '#core/experiment/file/read-experiment.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { ExperimentLedger } from '#core/ports/experiment-ledger.ts';
import type { ExperimentReports } from '#core/ports/experiment-reports.ts';
import { experimentEnd } from '#core/reports/experiment-end.ts';
import type { ExperimentVerdict } from '#core/reports/experiment-report.ts';
import { ExperimentOrder } from '../shared/experiment-order.ts';
import { type DurableInvocation, durableFunction } from './durable-host.ts';
import { samplersUntil } from './samplers-until.ts';

export interface ExperimentParts {
  readonly clock: Clock;
  /** Left out: the SDK's own. */
  readonly client?: LambdaClient;
  /** The file of an experiment. Throws `InvalidInput`. */
  readonly read: (file: string) => Pick<ReadExperiment, 'experiment' | 'fileHash'>;
  /** Of the configuration's schedule. */
  readonly timeZone: string;
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

/** The durable function `chaos_experiment`: a run that is on record in, its verdict out. */
export function chaosExperiment(parts: ExperimentParts) {
  return durableFunction(
    ExperimentOrder,
    (order, invocation) => performExperiment(order, invocation, parts),
    parts,
  );
}

/** All of it that an invocation can do. */
export async function performExperiment(
  order: ExperimentOrder,
  { openHost, over }: DurableInvocation,
  parts: ExperimentParts,
): Promise<ExperimentAnswer> {
  const { ledger, reports, open } = parts;
  const host = openHost(async (ms, wakeUp) => {
    await holdLeaseForWait(ms, ports, wakeUp);
    const { stop, ended } = (await ledger.experiment(run.id)) ?? {};
    return stop !== undefined || ended !== undefined;
  });
  const run = await readOrder(order, host, parts);
  const ports = open(run, over);
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

/**
 * The run that was ordered. Whoever invokes this function past `chaos_experiment_control` could say anything: the file is read again, and
 * all else comes from the record. To read a file takes the text and the configuration beside this code alone, so every replay reads the
 * same: an execution stays on the version of the function that it began with.
 */
async function readOrder(
  { id, file }: ExperimentOrder,
  host: Host,
  { read, timeZone, ledger }: Pick<ExperimentParts, 'read' | 'timeZone' | 'ledger'>,
): Promise<ExperimentRun> {
  const { experiment, fileHash } = read(file);
  const { order } = await host.step(stepNames.order, Ordered, async () => {
    const record = await ledger.experiment(id);
    if (record === undefined || record.ended !== undefined || record.fileHash !== fileHash) return {};
    const { rehearsal, trigger, startedBy } = record;
    return { order: { rehearsal, trigger, startedBy } };
  });
  if (order === undefined) throw new NotOrdered(id);
  return { id, experiment, fileHash, ...order, timeZone };
}

/** Nothing has been done. */
export class NotOrdered extends Error {
  override readonly name = 'NotOrdered';

  constructor(id: string) {
    super(`no run ${id} of this file is on record as running: chaos_experiment_control starts experiments`);
  }
}

const Ordered = z.object({
  order: ExperimentRun.pick({ rehearsal: true, trigger: true, startedBy: true }).exactOptional(),
});
/** Where the report is. */
const Kept = z.object({ page: z.string() });
const Done = z.object({});
