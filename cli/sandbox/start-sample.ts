import { systemClock } from '#aws/clients/clock.ts';
import { newId, newSecret } from '#aws/new-ids.ts';
import { assumedSessions } from '#aws/sessions.ts';
import { selectedTagKeys } from '#core/experiment/method/selected-tags.ts';
import { type UndoNow, undoHere } from '#core/experiment/method/undo-now.ts';
import type { Experiment, ProbeSpec } from '#core/model/experiment.ts';
import type { ProbeMeans } from '#core/ports/probe.ts';
import type { Undoer } from '#core/ports/undoer.ts';
import type { World } from '#core/ports/world.ts';
import { canHaveOwnTmp } from '#sample/local/own-tmp.ts';
import { startShop } from '#sample/local/start-shop.ts';
import { startWeb } from '#sample/local/start-web.ts';
import { probeMeans } from '#wiring/probe-means.ts';
import { silentJournal as journal } from '#wiring/silent-journal.ts';
import { CliError, exitCodes } from '../context/cli-error.ts';
import { undoWorld } from '../deployed/undo-world.ts';
import { sampleAccount, sampleConfig, sampleRegion, shopHost, webHost } from './sample-config.ts';
import { sampleFaults, sampleTimings } from './sample-faults.ts';
import { samplePartsOf, urlOf } from './sample-parts.ts';
import { sandboxWorld } from './sandbox-world.ts';

/** What an experiment on this machine works with. */
export interface RunningSample {
  /** As its file says, with the URLs that the sample has here. */
  readonly experiment: Experiment;
  readonly world: World;
  readonly undoer: Undoer;
  readonly undoNow: UndoNow;
  readonly means: ProbeMeans;
  /** Ends all of its processes. */
  stop(): Promise<void>;
}

/**
 * Starts what an experiment strikes, and what its probes ask, as real processes on loopback, with everything else of AWS in a sandbox.
 * `mostAtOnce`: of requests, where they are fewer than an experiment makes.
 */
export async function startSample(
  experiment: Experiment,
  { graceful, ...limits }: { readonly graceful: boolean; readonly mostAtOnce?: number },
): Promise<RunningSample> {
  if (experiment.method.some(({ fault }) => fault.name === 'lambda-disk') && !canHaveOwnTmp()) {
    throw new CliError(
      "lambda-disk would fill this machine's own /tmp: on a laptop it needs Linux, with user namespaces.",
      exitCodes.failed,
    );
  }
  const clock = systemClock;
  const config = sampleConfig(clock.now());
  const { sandbox, clients, ...opened } = sandboxWorld({
    alsoTags: selectedTagKeys(experiment),
    ...{ config, clock, journal, newSecret, timings: sampleTimings, fleet: () => {} },
  });
  const world: World = { ...opened.world, faults: sampleFaults };
  const region = sandbox.account(sampleAccount).region(sampleRegion);
  const { optIn, app } = config.tags;
  const tagsOf = (name: string) => ({ [optIn.key]: optIn.value, [app]: name });
  const needs = samplePartsOf(experiment);
  const shop = needs.shop
    ? await startShop({ sandbox, region, tags: tagsOf('shop'), graceful, ...limits })
    : undefined;
  const web = needs.web ? await startWeb({ region, tags: tagsOf('web') }) : undefined;
  const { master } = config;
  const { undoer } = await undoWorld({ clients, clock, ledger: world.ledger, master, flags: '' });
  const sessions = assumedSessions(clients, master.region);
  return {
    experiment: withLocalUrls(experiment, { [shopHost]: shop?.pageUrl, [webHost]: web?.url }),
    world,
    undoer,
    undoNow: undoHere({ ...world, undoer }),
    means: probeMeans({ ...world, clients, sessions, newId, loopback: true }),
    stop: async () => {
      await Promise.all([shop?.stop(), web?.stop()]);
    },
  };
}

/** `origins`: by the host that stands for it in files. */
function withLocalUrls(
  experiment: Experiment,
  origins: Readonly<Record<string, string | undefined>>,
): Experiment {
  const local = <Spec extends ProbeSpec>(probe: Spec): Spec => {
    const url = urlOf(probe);
    const origin = url && origins[url.host];
    if (!origin) return probe;
    const parameters = { ...Object(probe.parameters), url: `${origin}${url.pathname}${url.search}` };
    return { ...probe, parameters };
  };
  const { steadyState, observations } = experiment;
  return {
    ...experiment,
    steadyState: { ...steadyState, probes: steadyState.probes.map(local) },
    observations: observations.map(local),
  };
}
