import {
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  SchedulerClient,
} from '@aws-sdk/client-scheduler';
import type { SandboxCall } from '#sandbox/call.ts';
import type { SandboxOptions } from '#sandbox/sandbox.ts';
import { aSandbox, startsAt, target } from '../a-sandbox.ts';

export const roleArn = `arn:aws:iam::${target}:role/undo`;
export const dueAt = startsAt + 600_000;

/** An account with a function that has nothing reserved any more, and the role and the group of its undo schedules. */
export async function aSchedule(
  options: Pick<SandboxOptions, 'authorize'> & { readonly undoPolicy?: object } = {},
) {
  const { undoPolicy, ...others } = options;
  const calls: SandboxCall[] = [];
  const world = aSandbox({ jumps: false, onCall: (call) => calls.push(call), ...others });
  const { clock, sandbox, clients, home, assume } = world;
  sandbox.account(target).role({
    name: 'undo',
    trust: { principal: 'scheduler.amazonaws.com' },
    ...(undoPolicy !== undefined && { policy: undoPolicy }),
  });
  home.schedules.addGroup('chaos-undo');
  const web = home.functions.add({ name: 'web', reserved: 0, tags: { app: 'web' } });
  const scheduler = clients(SchedulerClient, await assume());
  const create = (
    input: Partial<CreateScheduleCommandInput> & { readonly arn?: string; readonly json?: string } = {},
  ) => {
    const { arn = 'lambda:putFunctionConcurrency', json, ...rest } = input;
    return scheduler.send(
      new CreateScheduleCommand({
        Name: 'strike-1',
        GroupName: 'chaos-undo',
        ScheduleExpression: at(dueAt),
        FlexibleTimeWindow: { Mode: 'OFF' },
        ActionAfterCompletion: 'DELETE',
        Target: {
          Arn: `arn:aws:scheduler:::aws-sdk:${arn}`,
          RoleArn: roleArn,
          Input: json ?? '{"FunctionName": "web", "ReservedConcurrentExecutions": 5}',
        },
        ...rest,
      }),
    );
  };
  return { clock, sandbox, home, web, calls, scheduler, create };
}

export function at(epochMs: number): string {
  return `at(${new Date(epochMs).toISOString().slice(0, 19)})`;
}
