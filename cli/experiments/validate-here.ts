import { newId, newSecret } from '#aws/new-ids.ts';
import { assumedSessions, ownSessions } from '#aws/sessions.ts';
import { alarmReader } from '#aws/signals/alarm-reader.ts';
import type { Config } from '#core/config/config.ts';
import { selectedTagKeys } from '#core/experiment/method/selected-tags.ts';
import { validateExperiment } from '#core/experiment/validation/validate-experiment.ts';
import type { Validation } from '#core/experiment/validation/validation.ts';
import { inMemoryLedger } from '#core/ledger/in-memory-ledger.ts';
import type { Experiment } from '#core/model/experiment.ts';
import { type RunContext, runIdOf } from '#core/model/run-context.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import { messageOf } from '#core/util/error-text.ts';
import { counted } from '#core/util/format.ts';
import { faults } from '#faults/registry.ts';
import { probeOf } from '#wiring/experiment-ports.ts';
import { probeMeans } from '#wiring/probe-means.ts';
import { silentAnnouncer as announcer } from '#wiring/silent-announcer.ts';
import { silentJournal as journal } from '#wiring/silent-journal.ts';
import { awsWorld } from '#wiring/world.ts';
import type { CliContext } from '../context/cli-context.ts';
import { CliError } from '../context/cli-error.ts';
import type { Caller } from '../deployed/caller-identity.ts';
import { findLedger } from '../deployed/find-ledger.ts';
import { undoWorld } from '../deployed/undo-world.ts';
import { withProgress } from '../terminal/progress.ts';

/** The lifetime of an STS session. */
const timeMs = 15 * 60_000;

/** Looks in this process, as far as the caller's credentials reach: directly in their own account, through the target roles elsewhere. */
export async function validateHere(
  experiment: Experiment,
  caller: Caller,
  config: Config,
  context: CliContext,
): Promise<Validation> {
  const { clients, clock } = context;
  const { ledger, unread } = await ledgerFor(caller, config, context);
  const sessions = ownSessions(caller.account, assumedSessions(clients, config.master.region));
  const alsoTags = selectedTagKeys(experiment);
  const world = awsWorld({
    ...{ config, faults, clock, clients, sessions, ledger, announcer, journal, alsoTags },
  });
  const means = probeMeans({ ...world, clients, sessions, newId, loopback: false });
  const { master } = config;
  const lasts = experiment.method.some(({ fault }) => faults.get(fault.name)?.lasts === true);
  const undoing = lasts
    ? await undoWorld({ clients, clock, ledger, master, flags: '' }).catch(unlessRefused)
    : undefined;
  const now = clock.now();
  const run: RunContext = { runId: runIdOf(now, newId()), deadline: now + timeMs, surveyBy: now + timeMs };
  const found = await withProgress(
    validateExperiment(experiment, run, {
      ...{ world, means, probeOf, newSecret, isGuest: true },
      ...{ alarms: alarmReader(means), undoer: undoing?.undoer },
    }),
    () => `Looking at ${counted(config.accounts.length, 'configured account')}, as ${caller.arn}`,
    context,
  );
  return { ...found, unchecked: [...unread, ...fromElsewhere(experiment), ...found.unchecked] };
}

/** A laptop may reach what no function does, and the other way around. */
function fromElsewhere({ steadyState, observations }: Experiment): Validation['unchecked'] {
  const names = [...steadyState.probes, ...observations].flatMap(({ name, type }) =>
    type === 'http' ? [name] : [],
  );
  if (names.length === 0) return [];
  const text =
    'it was asked from this machine. A run asks from Lambda, outside of your VPCs: what is internal has no answer there';
  return [{ about: `probe ${names.join(', ')}`, text }];
}

/** Few people may assume the janitor's role. */
function unlessRefused(error: unknown): undefined {
  if (!(error instanceof CliError)) throw error;
}

/** The deployed one, where it can be read: vetoes and earlier strikes are in it. */
async function ledgerFor(
  { account }: Caller,
  { master }: Config,
  context: CliContext,
): Promise<{ readonly ledger: Ledger; readonly unread: Validation['unchecked'] }> {
  const without = (why: string) => ({
    ledger: inMemoryLedger({ newSecret }),
    unread: [{ about: 'ledger', text: `vetoes, leashes, budgets and earlier strikes: ${why}` }],
  });
  if (account !== master.account) return without(`it takes credentials of ${master.account}`);
  try {
    return { ...(await findLedger({ region: master.region, tableName: undefined }, context)), unread: [] };
  } catch (error) {
    return without(messageOf(error).split('\n')[0] ?? '');
  }
}
