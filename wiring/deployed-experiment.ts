import { LambdaClient } from '@aws-sdk/client-lambda';
import { snsExperimentAnnouncer } from '#aws/experiment-announcer.ts';
import { undoByJanitor } from '#aws/janitor-undo.ts';
import { assumedSessions } from '#aws/sessions.ts';
import { alarmReader } from '#aws/signals/alarm-reader.ts';
import { ledgerControl } from '#core/experiment/control/ledger-control.ts';
import { watchProgress } from '#core/experiment/control/progress-watch.ts';
import type { ExperimentRun } from '#core/experiment/engine/experiment-run.ts';
import type { ExperimentPorts } from '#core/experiment/engine/ports.ts';
import { selectedTagKeys } from '#core/experiment/method/selected-tags.ts';
import { noticeOfNews } from '#core/experiment/notices/notice-of-news.ts';
import { LagWatch } from '#core/experiment/sampling/lag-watch.ts';
import type { ExperimentLedger } from '#core/ports/experiment-ledger.ts';
import { experimentPorts } from './experiment-ports.ts';
import { probeMeans } from './probe-means.ts';
import { type DeployedResources, masterTopics, masterWorld } from './world.ts';

/** How long calls to the janitor are retried. */
const patienceMs = 4_000;

/**
 * What an experiment in AWS works with, until `over`: its sessions in target accounts, which last for minutes, are of one invocation. It
 * strikes as the monkey may, and has the janitor undo.
 */
export function deployedExperiment(
  run: ExperimentRun,
  over: AbortSignal,
  parts: Omit<Parameters<typeof masterWorld>[0], 'deployed'> & {
    readonly ledger: Pick<ExperimentLedger, 'experiment' | 'renewLease'>;
    readonly newId: () => string;
    readonly deployed: DeployedResources & { readonly janitorName: string };
  },
): ExperimentPorts {
  const { config, clients, clock, journal, ledger, newId, deployed } = parts;
  const { id, experiment } = run;
  const { region } = config.master;
  const alsoTags = selectedTagKeys(experiment);
  const world = masterWorld({ ...parts, alsoTags });
  // What probes read of groups, and the sessions that it takes, wait for no strikes, nor strikes for them.
  const beside = clients.apart();
  const { fleet } = masterWorld({ ...parts, alsoTags, clients: beside });
  const means = probeMeans({
    ...{ ...world, fleet, clients, newId, loopback: false },
    sessions: assumedSessions(beside, region),
  });
  const lag = new LagWatch();
  void lag.beat(clock, over);
  const { announceExperiment } = snsExperimentAnnouncer(masterTopics(config, clients, deployed));
  const progress = watchProgress(experiment.stages.length);
  const control = ledgerControl(id, experiment, {
    ledger: { ...ledger, stop: world.ledger.stop },
    ...{ clock, skew: clients.skew, alarms: alarmReader(means), journal, progress },
    announce: async (news) => {
      const notice = noticeOfNews(run, news, clock.now());
      if (notice !== undefined) await announceExperiment(notice);
    },
  });
  const undoNow = undoByJanitor({
    client: clients.apart()(LambdaClient, { region, patienceMs }),
    functionName: deployed.janitorName,
    ...{ ledger: world.ledger, clock },
  });
  return { ...experimentPorts(id, { world, undoNow, means, lag, control }), live: progress.see };
}
