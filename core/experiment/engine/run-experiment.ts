import * as z from 'zod';
import type { Experiment, ProbeSpec } from '../../model/experiment.ts';
import type { Probe } from '../../ports/probe.ts';
import type { ExperimentReport } from '../../reports/experiment-report.ts';
import { codeOf, messageOf } from '../../util/error-text.ts';
import type { Parsed } from '../../util/parse.ts';
import { startEvidence } from '../evidence/evidence.ts';
import { startChronicle } from './chronicle.ts';
import { startCourse } from './course.ts';
import type { Ending } from './endings.ts';
import { baselinePlan, faultPlan, recoveryPlan, steadyMsOf } from './evidence-plans.ts';
import type { ExperimentRun } from './experiment-run.ts';
import type { Host } from './host.ts';
import { holdLease, holdLeaseForWait } from './lease.ts';
import { makeExperimentReport } from './make-experiment-report.ts';
import type { ExperimentPorts, OpenUndo } from './ports.ts';
import { type FaultEvidence, runStage } from './run-stage.ts';
import { samplerPool } from './sampler-pool.ts';
import { stageMethod } from './stage-method.ts';
import { stepNames } from './step-names.ts';

const Moment = z.object({
  /** Epoch ms. */
  at: z.number(),
  /** Why it does not begin. */
  closed: z.string().exactOptional(),
  /** Who has stopped it before it began. */
  stopped: z.string().exactOptional(),
});

/** Few enough for a chart, and for what a step may keep. */
const mostBins = 600;

/**
 * Runs an experiment from its steady state to its verdict. All that it knows comes out of steps of its host, so that another process
 * can go on where this one died. Rejects only where the host does: what cannot be done is in the report.
 */
export async function runExperiment(
  run: ExperimentRun,
  host: Host,
  ports: ExperimentPorts,
): Promise<ExperimentReport> {
  const { experiment } = run;
  const { steadyState, observations, notify, recovery, stages, pauseMs } = experiment;
  const probes = [...steadyState.probes, ...observations];
  const chronicle = startChronicle(probes);
  const measures = (probe: ProbeSpec): Probe['measures'] => ports.describe(probe).measures;
  const begun = await host.step(stepNames.begin, Moment, async () => {
    const unheld = await prepareLease(0, ports);
    if (unheld.closed !== undefined) return unheld;
    const closed = run.rehearsal ? undefined : await ports.method.closed(experiment);
    const now = await lookAround(ports);
    if (closed !== undefined) return { ...now, closed };
    if (now.stopped === undefined && !run.rehearsal) {
      await ports.control.announce({ is: 'soon', at: now.at + notify.leadMs });
      return { ...now, ...(await prepareLease(notify.leadMs, ports)) };
    }
    return now;
  });

  const samplers = samplerPool(probes, ports);
  const course = startCourse();
  course.evidence = new Map(
    steadyState.probes.map((probe) => [
      probe.name,
      startEvidence(faultPlan(probe, experiment, measures, ports.showsAfterMs)),
    ]),
  );
  const binMs = binMsOf(experiment);
  const evidence: FaultEvidence[] = [];
  let ending = beforeBeginning(begun);
  let open: readonly OpenUndo[] = [];
  let reached = 0;
  if (ending === undefined && !run.rehearsal && notify.leadMs > 0) {
    await host.pause(stepNames.lead, notify.leadMs);
  }
  try {
    while (ending === undefined && reached < stages.length) {
      const stage = reached + 1;
      const started = await host.step(stepNames.baseline(stage), Moment, () => lookAround(ports));
      ending = beforeBeginning(started);
      if (ending !== undefined) break;
      reached = stage;
      const end = await runStage({ stage, from: started.at }, stageMethod(experiment, stage), {
        ...{ host, chronicle, course, probes, binMs, rehearsal: run.rehearsal, ...ports },
        ...{ judged: steadyState.probes, stages: stages.length },
        baselineMs: steadyState.baselineMs,
        withinMs: recovery.withinMs,
        steadyMs: steadyMsOf(experiment),
        baselinePlan: (probe) => baselinePlan(probe, experiment, measures),
        recoveryPlan: (probe) => recoveryPlan(probe, experiment, measures),
        segmentParts: async () => ({ ...ports, session: await samplers.session(course) }),
      });
      ({ ending, open } = end);
      if (end.evidence !== undefined) evidence.push(end.evidence);
      if (ending !== undefined || open.length > 0) break;
      if (stage === stages.length || pauseMs === 0) continue;
      await samplers.close();
      const waiting = await host.step(stepNames.wait(stage), Moment, () => prepareLease(pauseMs, ports));
      ending = beforeBeginning(waiting);
      if (ending !== undefined) break;
      await host.pause(stepNames.pause(stage), pauseMs);
    }
  } finally {
    await samplers.close();
  }
  const { at: endedAt } = await host.step(stepNames.end, Moment, async () => ({ at: ports.clock.now() }));
  const finished = { ending, evidence, open, reached, startedAt: begun.at, endedAt, binMs };
  return makeExperimentReport(run, finished, chronicle, ports.describe);
}

async function lookAround({ control, clock }: ExperimentPorts): Promise<Parsed<typeof Moment>> {
  try {
    const stopped = await control.stopped(true);
    return { at: clock.now(), ...(stopped !== undefined && { stopped: stopped.by }) };
  } catch (error) {
    return { at: clock.now(), closed: `nobody can read whether it is stopped: ${messageOf(error)}` };
  }
}

/** Without a lease for what comes next, whoever comes back from it is dead. */
async function prepareLease(waitMs: number, ports: ExperimentPorts): Promise<Parsed<typeof Moment>> {
  const at = ports.clock.now();
  try {
    await (waitMs > 0 ? holdLeaseForWait(waitMs, ports) : holdLease(ports));
    return { at };
  } catch (error) {
    return { at, closed: `${codeOf(error)}: ${messageOf(error)}` };
  }
}

function beforeBeginning({ at, closed, stopped }: Parsed<typeof Moment>): Ending | undefined {
  if (stopped !== undefined) return { is: 'aborted', by: stopped, at };
  return closed === undefined
    ? undefined
    : { is: 'failed', why: `nothing may be injected now: ${closed}`, at };
}

/** Whole seconds, so that their borders are the clock's. Of what is measured: pauses are not. */
function binMsOf(experiment: Experiment): number {
  const stageMs = experiment.stages.map(
    (_, index) =>
      experiment.steadyState.baselineMs +
      stageMethod(experiment, index + 1).reduce((sum, { holdMs }) => sum + holdMs, 0) +
      2 * experiment.recovery.withinMs,
  );
  const wholeMs = stageMs.reduce((sum, ms) => sum + ms, 0);
  return Math.max(1, Math.ceil(wholeMs / mostBins / 1_000)) * 1_000;
}
