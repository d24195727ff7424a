import type { GetCommandInvocationRequest, GetCommandInvocationResult } from '@aws-sdk/client-ssm';
import type { Operation } from '../service.ts';
import { ssmError } from './errors.ts';

/** Without resource-level permissions. "Results are eventually consistent": API reference, GetCommandInvocation. */
export const getCommandInvocation: Operation<GetCommandInvocationRequest, GetCommandInvocationResult> = {
  action: 'ssm:GetCommandInvocation',
  inputs: ['CommandId', 'InstanceId'],
  run: ({ CommandId = '', InstanceId = '' }, { region, now }) => {
    const invocation = region.commands.find(CommandId, InstanceId);
    const outcome = invocation?.outcomeAt(now);
    if (invocation === undefined || outcome === undefined) {
      throw ssmError(
        'InvocationDoesNotExist',
        'The command ID and managed node ID you specified did not match any invocations. Verify the command ID and the managed node ID and try again.',
      );
    }
    return {
      CommandId,
      InstanceId,
      Comment: invocation.command.comment,
      DocumentName: invocation.command.document,
      Status: outcome.status,
      StatusDetails: outcome.details,
      ResponseCode: outcome.exit.code,
      StandardOutputContent: outcome.exit.output,
      StandardErrorContent: outcome.exit.errors,
    };
  },
};
