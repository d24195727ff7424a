import {
  type EventSourceMappingConfiguration,
  GetEventSourceMappingCommand,
  LambdaClient,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import * as z from 'zod';
import type { LastingFault } from '#core/model/fault.ts';
import type { Injector } from '#core/model/injector.ts';
import type { StrikeRef } from '#core/model/lasting.ts';
import { codeOf } from '#core/util/error-text.ts';
import type { EventSourceMappings } from '#targets/event-source-mappings/kind.ts';
import { minutes } from '../shared/minutes.ts';

const Parameters = z.strictObject({ minutes });

const Saved = z.strictObject({
  /** Its `LastModified` as the fault left it, epoch ms. Null: not known, as the answer was lost or never came. */
  oursSince: z.number().nullable(),
});

export const lambdaEventSourceOff: LastingFault<
  EventSourceMappings,
  z.infer<typeof Parameters>,
  z.infer<typeof Saved>
> = {
  name: 'lambda-event-source-off',
  summary: 'Disables an event source mapping: its function gets nothing from the queue, stream or table.',
  kind: 'event-source-mapping',
  lasts: true,
  version: 1,
  parameters: Parameters,
  saved: Saved,
  propagationMs: 0,
  leaves:
    'a backlog, and what the source discards meanwhile: messages and records that are past their retention',
  wide: 'any other change of the mapping, such as the function that it invokes',
  ends: {
    by: 'schedule',
    calls: (_strike, { id }) => [
      {
        service: 'lambda',
        action: 'updateEventSourceMapping',
        input: { UUID: id, Enabled: true },
      },
    ],
  },
  permissions: [
    {
      action: 'lambda:GetEventSourceMapping',
      on: 'eventSourceMapping',
      phases: ['prepare', 'inject', 'undo'],
    },
    { action: 'lambda:UpdateEventSourceMapping', on: 'eventSourceMapping', phases: ['inject', 'undo'] },
  ],

  prepare: async (aws, { id, arns }) => {
    const { State, FunctionArn } = await read(aws, id);
    if (State !== 'Enabled') return { unfit: `it is ${State}, and not Enabled` };
    const arn = arns.eventSourceMapping ?? '';
    return { saved: { oursSince: null }, locks: [arn], hits: [arn, ...functionOf(FunctionArn)] };
  },

  inject: async (hand, { id }) => {
    const command = new UpdateEventSourceMappingCommand({ UUID: id, Enabled: false });
    const { LastModified } = await hand.client(LambdaClient).send(command);
    await hand.note({ oursSince: LastModified?.getTime() ?? null });
  },

  observe: async (aws, { id }, saved, strike) => {
    try {
      return observed(await read(aws, id), saved, strike);
    } catch (error) {
      if (codeOf(error) === 'ResourceNotFoundException') return 'gone';
      throw error;
    }
  },

  undo: async (hand, { id }, saved) => {
    const busy = (State: string | undefined) => ({ outcome: 'busy', why: `it is ${State}` }) as const;
    try {
      const now = await read(hand, id);
      if (now.State === 'Enabled') return { outcome: 'undone' };
      if (now.State !== 'Disabled') return busy(now.State);
      if (observed(now, saved, hand.strike) === 'other') return { outcome: 'contested' };
      const command = new UpdateEventSourceMappingCommand({ UUID: id, Enabled: true });
      return busy((await hand.client(LambdaClient).send(command)).State);
    } catch (error) {
      if (codeOf(error) === 'ResourceNotFoundException') return { outcome: 'gone' };
      if (codeOf(error) === 'ResourceInUseException') return busy('being changed');
      throw error;
    }
  },

  byHand: (_strike, { id, region }) => [
    `aws lambda update-event-source-mapping --uuid ${id} --enabled --region ${region}`,
  ],
};

/** Within it, the state has followed the fault: `LastModified` is also when it did. Who changes a mapping so soon after goes unnoticed. */
const settlesWithinMs = 5 * 60_000;

/**
 * Enabled, by whomever, is as it was. Disabled is ours only as the fault left it: a later change was made by somebody who saw it
 * disabled, and may want it so. Source: Lambda API reference, EventSourceMappingConfiguration, LastModified.
 */
function observed(
  { State, LastModified }: EventSourceMappingConfiguration,
  { oursSince }: z.infer<typeof Saved>,
  { notAfter }: StrikeRef,
): 'before' | 'ours' | 'other' {
  if (State === 'Enabled' || State === 'Enabling') return 'before';
  // Not known when, it was before the fault might no longer be injected.
  const sinceMs = (LastModified?.getTime() ?? 0) - (oursSince ?? Date.parse(notAfter));
  return sinceMs <= settlesWithinMs ? 'ours' : 'other';
}

async function read(aws: Injector, UUID: string): Promise<EventSourceMappingConfiguration> {
  return aws.client(LambdaClient).send(new GetEventSourceMappingCommand({ UUID }));
}

/** Its function's ARN without a version or an alias. */
function functionOf(arn: string | undefined): readonly string[] {
  return arn === undefined ? [] : [arn.split(':').slice(0, 7).join(':')];
}
