import type { Config } from '#core/config/config.ts';
import { GroupList } from '#core/reports/group-list.ts';
import { messageOf } from '#core/util/error-text.ts';
import { parse } from '#core/util/parse.ts';
import type { CliContext } from '../context/cli-context.ts';
import { CliError, exitCodes } from '../context/cli-error.ts';
import { getCallerIdentity } from '../deployed/caller-identity.ts';
import { answerName, askFunction } from '../deployed/invoke-function.ts';
import { accountsText } from '../render/accounts.ts';
import { line } from '../render/layout.ts';
import { attempt, type Examination, type Patience, usualPatience } from './attempt.ts';
import { configurationFindings } from './configuration.ts';
import { experimentFindings } from './experiments.ts';
import { type Finding, fail, ok, unknown, warn } from './finding.ts';
import { fleetFindings } from './fleet.ts';
import { holidayFindings } from './holidays.ts';
import { instanceFindings } from './instances.ts';
import { recordFindings } from './record.ts';
import { checkStack, type Stack } from './stack.ts';
import { subscriptionFindings } from './subscriptions.ts';
import { undoFindings } from './undo.ts';

/** Finds what prevents a first strike, from the local configuration outward. Only reads. Never rejects because of AWS. */
export async function checkup(
  config: Config,
  shown: string,
  parts: CliContext,
  patience: Patience = usualPatience,
): Promise<readonly Finding[]> {
  const context: Examination = { ...parts, patience };
  const local = configurationFindings(config, shown, context.clock.now());
  const credentials = await credentialsFinding(config, context);
  if (credentials.level !== 'ok') {
    const text = `could not be checked without credentials of ${config.master.account}`;
    return [...local, credentials, unknown('deployment', text)];
  }
  // Parallel calls would print overlapping notes.
  const quiet = { ...context, terminal: { ...context.terminal, note: () => {} } };
  const [{ stack, finding }, fleet] = await Promise.all([
    checkStack(config.master.region, context),
    functionFindings(config, quiet),
  ]);
  const deployed = stack === undefined ? [] : await stackFindings(stack, config, context);
  return [...local, credentials, finding, ...fleet, ...deployed];
}

async function credentialsFinding({ master }: Config, context: Examination): Promise<Finding> {
  const answer = await attempt('credentials', context.patience.callMs, (giveUp) =>
    getCallerIdentity(context, master.region, giveUp),
  );
  if ('error' in answer) {
    return fail(
      'credentials',
      line(messageOf(answer.error)).replace(/^Could not ask AWS who you are\. /, ''),
    );
  }
  const { account, arn } = answer.value;
  if (account === master.account) return ok('credentials', arn);
  return fail('credentials', accountsText(account, master.account), `Use credentials of ${master.account}.`);
}

async function stackFindings(
  stack: Stack,
  config: Config,
  context: Examination,
): Promise<readonly Finding[]> {
  const found = await Promise.all([
    recordFindings(stack, config, context),
    subscriptionFindings(stack, config, context),
    undoFindings(stack, config, context),
    experimentFindings(config, context),
  ]);
  return found.flat();
}

/** Checks what only the deployed function can see: the accounts, through their roles. */
async function functionFindings(config: Config, context: Examination): Promise<readonly Finding[]> {
  const answer = await attempt('function', context.patience.lookMs, async (giveUp) => {
    const asked = { input: { task: 'groups' }, what: 'its groups', giveUp } as const;
    return parse(GroupList, await askFunction(asked, config, context), answerName);
  });
  if ('error' in answer) return [refusedFinding(answer.error) ?? answer.finding];
  const list = answer.value;
  return [
    ...fleetFindings(list, config),
    ...(await instanceFindings(list, config, context)),
    ...holidayFindings(list, config, context.clock.now()),
  ];
}

/** The function is missing or does not know the task; undefined if it may be fine. */
function refusedFinding(error: unknown): Finding | undefined {
  if (!(error instanceof CliError)) return undefined;
  if (error.exitCode === exitCodes.badUsage) {
    return warn(
      'function',
      'the deployed version is older than this clone and does not support this check',
      'npx cdk deploy',
    );
  }
  return error.message.startsWith('There is no function')
    ? fail('function', error.message.replace(/\. Deploy it: .*$/, ''), 'npx cdk deploy')
    : undefined;
}
