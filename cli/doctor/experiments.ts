import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Config } from '#core/config/config.ts';
import { counted } from '#core/util/format.ts';
import { attempt, type Examination } from './attempt.ts';
import { type Finding, ok, warn } from './finding.ts';

const check = 'concurrency';

/**
 * Lambda lets no account reserve its last 100: fewer than these are left only where the account as a whole has hardly more. New accounts
 * may have 10. Source: Lambda Developer Guide, "Understanding function scaling".
 */
const enough = 100;

/** Checks that experiments in AWS, and the janitor that undoes for them, will not be throttled; nothing where none are deployed. */
export async function experimentFindings(
  { master: { account, region }, experiments }: Config,
  { clients, patience: { callMs } }: Examination,
): Promise<readonly Finding[]> {
  if (!experiments.deploy) return [];
  const answer = await attempt(check, callMs, (abortSignal) =>
    clients(LambdaClient, { region, patienceMs: callMs }).send(new GetAccountSettingsCommand({}), {
      abortSignal,
    }),
  );
  if ('error' in answer) return [answer.finding];
  const { UnreservedConcurrentExecutions: left = 0 } = answer.value.AccountLimit ?? {};
  const text = `Lambda runs ${counted(left, 'invocation')} at a time in ${account}/${region}`;
  if (left >= enough) return [ok(check, text)];
  return [
    warn(
      check,
      `${text}, of all functions together: experiments, and the undo of their faults, may be throttled`,
      `aws service-quotas request-service-quota-increase --region ${region} --service-code lambda --quota-code L-B99A9384 --desired-value 1000`,
    ),
  ];
}
