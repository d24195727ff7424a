import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import * as z from 'zod';
import { AccountId } from '#core/model/aws-names.ts';
import { parse } from '#core/util/parse.ts';
import { awsErrorMessage } from '../context/aws-error-message.ts';
import type { CliContext } from '../context/cli-context.ts';
import { WaitNotice } from '../terminal/wait-notice.ts';

const Caller = z.object({ Account: AccountId, Arn: z.string() });

export interface Caller {
  readonly account: AccountId;
  readonly arn: string;
}

/** Like `getCallerIdentity`, with a notice if it takes long. */
export function waitForCaller(
  context: Pick<CliContext, 'clients' | 'terminal'>,
  region: string,
  giveUp?: AbortSignal,
): Promise<Caller> {
  return new WaitNotice(context.terminal).during(callerWaitText, getCallerIdentity(context, region, giveUp));
}

/** Completes "Waiting for ...". */
export const callerWaitText = 'AWS to say whose credentials these are';

/** Asks whose credentials this process has. Requires no permission, and fails only if the credentials are invalid. */
export async function getCallerIdentity(
  { clients }: Pick<CliContext, 'clients'>,
  region: string,
  giveUp?: AbortSignal,
): Promise<Caller> {
  try {
    const answer = await clients(STSClient, { region }).send(
      new GetCallerIdentityCommand({}),
      giveUp && { abortSignal: giveUp },
    );
    const { Account, Arn } = parse(Caller, answer, 'answer of GetCallerIdentity');
    return { account: Account, arn: Arn };
  } catch (error) {
    throw awsErrorMessage(error, 'ask AWS who you are');
  }
}
