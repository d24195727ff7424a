import { CreateScheduleCommand, DeleteScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { partitionOf } from '#core/model/aws-names.ts';
import { DeadlineReached } from '#core/model/failure.ts';
import { undoScheduleGroup, undoScheduleName } from '#core/permissions/schedule-statements.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { Reach } from '#core/ports/reach.ts';
import { codeOf } from '#core/util/error-text.ts';
import { AttemptTracker } from './clients/attempt-tracker.ts';
import type { Clients } from './clients/clients.ts';
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
        if (clock.now() >= until) throw new DeadlineReached('strike');
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

    arm: async (strikeId, { service, action, input }, at, until) => {
      const command = new CreateScheduleCommand({
        Name: undoScheduleName(strikeId),
        GroupName: undoScheduleGroup,
        Description: `Ends the fault of strike ${strikeId} if nobody has undone it by then.`,
        // In UTC, as no zone is given; without a Z.
        ScheduleExpression: `at(${new Date(Math.ceil(at / 1_000) * 1_000).toISOString().slice(0, 19)})`,
        FlexibleTimeWindow: { Mode: 'OFF' },
        ActionAfterCompletion: 'DELETE',
        Target: {
          Arn: `arn:${partitionOf(region)}:scheduler:::aws-sdk:${service}:${action}`,
          RoleArn: undoRoleArn,
          Input: JSON.stringify(input),
          RetryPolicy: { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 },
        },
      });
      await clients(SchedulerClient, scope(until))
        .send(command)
        .catch((error: unknown) => {
          // An attempt whose answer was lost has made it.
          if (codeOf(error) !== 'ConflictException') throw error;
        });
    },

    disarm: async (strikeId, until) => {
      const command = new DeleteScheduleCommand({
        Name: undoScheduleName(strikeId),
        GroupName: undoScheduleGroup,
      });
      await clients(SchedulerClient, scope(until))
        .send(command)
        .catch((error: unknown) => {
          if (codeOf(error) !== 'ResourceNotFoundException') throw error;
        });
    },
  };
}
