import { newId } from '#aws/new-ids.ts';
import { plainHost } from '#core/experiment/engine/plain-host.ts';
import type { ControlPort, ExperimentPorts } from '#core/experiment/engine/ports.ts';
import { runExperiment } from '#core/experiment/engine/run-experiment.ts';
import { readExperiment } from '#core/experiment/file/read-experiment.ts';
import { LagWatch } from '#core/experiment/sampling/lag-watch.ts';
import type { Experiment } from '#core/model/experiment.ts';
import { runIdOf } from '#core/model/run-context.ts';
import type { ExperimentReport } from '#core/reports/experiment-report.ts';
import { faults } from '#faults/registry.ts';
import { probes } from '#probes/registry.ts';
import { experimentPorts } from '#wiring/experiment-ports.ts';
import { kinds } from '#wiring/kinds.ts';
import { CliError, exitCodes, verdictExitCodes } from '../context/cli-error.ts';
import { userName } from '../context/user-name.ts';
import { sampleConfig } from './sample-config.ts';
import { startSample } from './start-sample.ts';

/** Runs an experiment on the sample, on this machine and on its clock. `text`: of the file that is called `name`. */
export async function runSample(
  text: string,
  name: string,
  {
    graceful,
    rehearsal = false,
    control = nobodyStops,
    live = () => {},
  }: {
    readonly graceful: boolean;
    readonly rehearsal?: boolean;
    readonly control?: ControlPort | undefined;
    readonly live?: ExperimentPorts['live'];
  },
): Promise<ExperimentReport> {
  const config = sampleConfig(Date.now());
  const read = readExperiment(text, name, { config, faults, kinds, probes, loopback: true });
  refuseStopConditions(read.experiment);
  const sample = await startSample(read.experiment, { graceful }).catch(async (error: unknown) => {
    const stopped = await control.stopped();
    if (stopped === undefined) throw error;
    // What is starting may get the signal, too, and fail for that reason.
    const text = `Stopped by ${stopped.by}, while the sample was starting. Nothing was injected.`;
    throw new CliError(text, verdictExitCodes.aborted, error);
  });
  const { world, undoNow, means, experiment } = sample;
  const { clock } = world;
  const id = runIdOf(clock.now(), newId());
  const lag = new LagWatch();
  const over = new AbortController();
  const watching = lag.beat(clock, over.signal);
  try {
    const report = await runExperiment(
      {
        ...{ id, experiment, fileHash: read.fileHash, rehearsal, trigger: 'cli' },
        ...{ startedBy: userName(), timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone },
      },
      plainHost(clock, async () => (await control.stopped()) !== undefined),
      { ...experimentPorts(id, { world, undoNow, means, lag, control }), live },
    );
    return graceful ? report : { ...report, ranWith: '--no-graceful' };
  } finally {
    over.abort();
    await watching;
    await sample.stop();
  }
}

/** On AWS what cannot be read for ten seconds counts as a stop, and here nothing ever makes an alarm. */
function refuseStopConditions({ stopConditions }: Experiment): void {
  const [first] = stopConditions;
  if (first === undefined) return;
  const others = stopConditions.length === 1 ? '' : `, or ${stopConditions.length - 1} more`;
  throw new CliError(
    `The sample has no alarms, so nothing could read stop condition ${first.name}${others}: ${first.arn}\n  On this machine, Ctrl-C stops an experiment. To run it here: a copy of the file without stopConditions.`,
    exitCodes.badUsage,
  );
}

const nobodyStops: ControlPort = {
  stopped: async () => undefined,
  renewLease: async () => {},
  announce: async () => {},
};
