import { CreateScheduleCommand, DeleteScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { partitionOf } from '#core/model/aws-names.ts';
import { DeadlineReached } from '#core/model/failure.ts';
import { undoScheduleGroup, undoScheduleNames } from '#core/model/undo-schedules.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { Reach } from '#core/ports/reach.ts';
import { codeOf } from '#core/util/error-text.ts';
import { AttemptTracker } from './clients/attempt-tracker.ts';
import type { Clients } from './clients/clients.ts';
import { schedulerInput } from './scheduler-input.ts';
import type { Session } from './sessions.ts';

/** A target's account and region, under a session. */
export function awsReach(
  { clients, clock }: { readonly clients: Clients; readonly clock: Clock },
  session: Session,
  { region, undoRoleArn }: { readonly region: string; readonly undoRoleArn: string },
): Reach {
  const scope = (until: number) => ({ region, deadline: until, ...(session && { credentials: session }) });
  return {
    injector: (until) => {
      const attempts = new AttemptTracker(() => {
        if (clock.now() >= until) throw new DeadlineReached('call AWS');
      });
      return {
        client: (service) => {
          const client = clients(service, scope(until));
          client.middlewareStack.use(attempts.plugin);
          return client;
        },
        get wasRefusedEveryTime() {
          return attempts.wasRefusedEveryTime;
        },
        get mayHaveActed() {
          return attempts.mayHaveActed;
        },
      };
    },

    arm: async (strikeId, calls, at, until) => {
      const names = undoScheduleNames(strikeId, calls.length);
      for (const [index, { service, action, input }] of calls.entries()) {
        // Made later, it might outlast its entry.
        if (clock.now() >= until) throw new DeadlineReached('arrange what ends the fault');
        const command = new CreateScheduleCommand({
          Name: names[index],
          GroupName: undoScheduleGroup,
          Description: `Ends the fault of strike ${strikeId} if nobody has undone it by then.`,
          // In UTC, as no zone is given; without a Z.
          ScheduleExpression: `at(${new Date(Math.ceil(at / 1_000) * 1_000).toISOString().slice(0, 19)})`,
          FlexibleTimeWindow: { Mode: 'OFF' },
          ActionAfterCompletion: 'DELETE',
          Target: {
            Arn: `arn:${partitionOf(region)}:scheduler:::aws-sdk:${service}:${action}`,
            RoleArn: undoRoleArn,
            Input: JSON.stringify(schedulerInput(input)),
            RetryPolicy: { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 },
          },
        });
        await clients(SchedulerClient, scope(until))
          .send(command)
          .catch((error: unknown) => {
            // An attempt whose answer was lost has made it.
            if (codeOf(error) !== 'ConflictException') throw error;
          });
      }
    },

    disarm: async (strikeId, calls, until) => {
      for (const Name of undoScheduleNames(strikeId, calls)) {
        await clients(SchedulerClient, scope(until))
          .send(new DeleteScheduleCommand({ Name, GroupName: undoScheduleGroup }))
          .catch((error: unknown) => {
            if (codeOf(error) !== 'ResourceNotFoundException') throw error;
          });
      }
    },
  };
}
