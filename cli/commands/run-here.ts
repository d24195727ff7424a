import { randomUUID } from 'node:crypto';
import { newId, newSecret } from '#aws/new-ids.ts';
import { assumedSessions, ownSessions } from '#aws/sessions.ts';
import type { Config } from '#core/config/config.ts';
import { resolveLeash } from '#core/config/resolve-leash.ts';
import type { RunRequestInput } from '#core/config/run-request.ts';
import { inMemoryLedger } from '#core/ledger/in-memory-ledger.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import type { RunReport } from '#core/reports/run-report.ts';
import { startRun } from '#core/run/start-run.ts';
import { counted, durationText } from '#core/util/format.ts';
import { faults } from '#faults/registry.ts';
import { silentAnnouncer as announcer } from '#wiring/silent-announcer.ts';
import { silentJournal as journal } from '#wiring/silent-journal.ts';
import { awsErrorMessage } from '../context/aws-error-message.ts';
import type { CliContext } from '../context/cli-context.ts';
import { CliError } from '../context/cli-error.ts';
import { type Caller, waitForCaller } from '../deployed/caller-identity.ts';
import { findLedger } from '../deployed/find-ledger.ts';
import { requireMasterAccount } from '../deployed/require-master-account.ts';
import { buildRequest } from '../options/request.ts';
import { trackFleet } from '../terminal/fleet-progress.ts';
import { withProgress } from '../terminal/progress.ts';

/** The lifetime of an STS session. */
const timeMs = 15 * 60_000;

/** Makes a run in this process, with the caller's credentials. Nothing is announced: the caller gets the report. */
export async function runHere(
  input: RunRequestInput,
  wantedLedger: 'memory' | 'stack' | undefined,
  config: Config,
  context: CliContext,
): Promise<RunReport> {
  const { terminal, clock, clients } = context;
  const { master } = config;
  const request = buildRequest(input, config);
  const isLive = resolveLeash(request, config, 'cli').mode === 'live';
  const which = wantedLedger ?? (isLive ? 'stack' : 'memory');

  // Loads code while waiting for AWS.
  const [caller, { awsWorld }, { run }] = await Promise.all([
    waitForCaller(context, master.region),
    import('#wiring/world.ts'),
    import('#core/run/run.ts'),
  ]);
  const ledger =
    which === 'memory' ? inMemoryLedger({ newSecret }) : await ledgerOfStack(config, caller, context);
  terminal.note(
    `A ${isLive ? 'LIVE' : 'leashed'} run over ${counted(config.accounts.length, 'configured account')}, as ${caller.arn}, within ${durationText(timeMs)}`,
  );
  if (!config.accounts.some(({ id }) => id === caller.account)) {
    terminal.note(
      `Your own account ${caller.account} is not in the configuration, so all accounts are reached through their target roles.`,
    );
  }
  if (which === 'memory') {
    terminal.note(
      `The ledger is in memory: draws differ from those of the deployed monkey, and its stop${isLive ? ' and claims are' : ' is'} ignored.`,
    );
  }

  const sessions = ownSessions(caller.account, assumedSessions(clients, master.region));
  const world = awsWorld({ config, faults, clock, clients, sessions, ledger, announcer, journal });
  const watched = trackFleet(world.fleet);
  const report = await withProgress(
    run(startRun(request, 'cli', { clock, newId, invocationId: randomUUID(), timeLeftMs: timeMs }), {
      ...world,
      fleet: watched.fleet,
    }),
    (elapsed) => `${watched.text()}; ${durationText(elapsed)} of at most ${durationText(timeMs)}`,
    context,
  );
  if (report.failures.some(({ stage }) => stage === 'assume-role')) {
    terminal.note(
      "Target roles trust only the master's role. For the accounts that refused access, use credentials of those accounts.\n",
    );
  }
  return report;
}

async function ledgerOfStack({ master }: Config, caller: Caller, context: CliContext): Promise<Ledger> {
  try {
    requireMasterAccount(caller, master.account);
    const found = await findLedger({ region: master.region, tableName: undefined }, context);
    return found.ledger;
  } catch (error) {
    const { message, exitCode } = awsErrorMessage(error, 'find the ledger');
    throw new CliError(`${message}\n  To run without it: --ledger memory`, exitCode, error);
  }
}
