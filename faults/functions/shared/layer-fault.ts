import {
  GetParameterCommand,
  ListTagsForResourceCommand,
  type Parameter,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import * as z from 'zod';
import type { LastingFault } from '#core/model/fault.ts';
import type { Injector } from '#core/model/injector.ts';
import type { StrikeRef } from '#core/model/lasting.ts';
import type { TargetOf } from '#core/model/target.ts';
import { codeOf } from '#core/util/error-text.ts';
import { InvalidInput, parsedIf } from '#core/util/parse.ts';
import { parseJsonOrText } from '#core/util/parse-json-or-text.ts';
import { encodeFailures, strikeIn } from '#layer/failures.ts';
import { functionTag, longestUnreadMs } from '#layer/parameter.ts';
import type { Functions } from '#targets/functions/kind.ts';

type Function = TargetOf<Functions>;
type Flags = Omit<Parameters<typeof encodeFailures>[0], 'strike' | 'expiresAt'>;

const Saved = z.strictObject({
  /** The parameter's value. */
  before: z.string(),
});
type Saved = z.infer<typeof Saved>;

export const percent = z
  .int()
  .min(1)
  .max(100)
  .default(100)
  .describe('How many of a hundred invocations it hits, each by chance');

/** What others may have written, flags that only failure-lambda's layer has included. */
const Written = z.record(z.string(), z.unknown());
const Enabled = z.object({ enabled: z.literal(true) });

const propagationMs = 5_000;

/** A fault that the failure layer injects, as the function's parameter says, and ends at the moment that is in there. */
export function layerFault<Given>({
  parameters,
  flagsOf,
  ...about
}: {
  readonly name: string;
  readonly summary: string;
  readonly leaves: string;
  readonly parameters: z.ZodType<Given>;
  readonly flagsOf: (parameters: Given) => Flags;
}): LastingFault<Functions, Given, Saved> {
  const encoded = ({ id, deadline }: StrikeRef, given: Given) =>
    encodeFailures({ ...flagsOf(given), strike: id, expiresAt: deadline });
  return {
    ...about,
    kind: 'lambda-function',
    lasts: true,
    version: 1,
    parameters: parameters.check((context) => {
      const message =
        context.issues.length === 0 ? refusal(() => encoded(anyStrike, context.value)) : undefined;
      if (message !== undefined) context.issues.push({ code: 'custom', message, input: context.value });
    }),
    saved: Saved,
    // Nothing promises that a read shows the last write.
    propagationMs,
    noticedMs: longestUnreadMs + propagationMs,
    ends: { by: 'target' },
    permissions: [
      { action: 'ssm:GetParameter', on: 'parameter', phases: ['prepare', 'inject', 'undo'] },
      { action: 'ssm:ListTagsForResource', on: 'parameter', phases: ['prepare'] },
      {
        action: 'ssm:PutParameter',
        on: 'parameter',
        phases: ['inject', 'undo'],
        condition: { StringEquals: { 'ssm:Overwrite': 'true' } },
      },
    ],

    prepare: async (aws, target) => {
      const { failureParameter: name } = target.facts;
      if (name === undefined) return { unfit: 'the failure layer is not attached: docs/failure-layer.md' };
      const parameter = await readParameter(aws, name);
      const unfit = unfitParameter(parameter) ?? (await unfitOwner(aws, target.id, name));
      if (unfit !== undefined) return { unfit: `${name} ${unfit}` };
      const { function: arn = '', parameter: lock = '' } = target.arns;
      return { saved: { before: parameter.Value ?? '' }, locks: [lock], hits: [arn] };
    },

    inject: (hand, target, given) => write(hand, target, encoded(hand.strike, given)),

    observe: async (aws, target, { before }, { id }) => {
      const value = await readValue(aws, target);
      if (value === undefined) return 'gone';
      if (value === before) return 'before';
      return strikeIn(value) === id ? 'ours' : 'other';
    },

    undo: async (hand, target, { before }) => {
      const value = await readValue(hand, target);
      if (value === undefined) return { outcome: 'gone' };
      if (value === before) return { outcome: 'undone' };
      if (strikeIn(value) !== hand.strike.id) return { outcome: 'contested' };
      await write(hand, target, before);
      return { outcome: 'undone' };
    },

    byHand: (_strike, { region, facts }, { before }) => [
      `aws ssm put-parameter --overwrite --name ${facts.failureParameter} --value '${before.replaceAll("'", `'\\''`)}' --region ${region}`,
    ],
  };
}

/** As long as any that a value may carry. */
const anyStrike: StrikeRef = {
  id: '0'.repeat(16),
  deadline: '2026-01-01T00:00:00.000Z',
  notAfter: '2026-01-01T00:00:00.000Z',
};

/** What the layer would not obey, or no parameter holds. */
function refusal(encode: () => string): string | undefined {
  try {
    encode();
    return undefined;
  } catch (error) {
    if (error instanceof InvalidInput) return error.mistakes.map(({ expected }) => expected).join('; ');
    throw error;
  }
}

function unfitParameter({ Type, Value = '' }: Parameter): string | undefined {
  if (Type !== 'String') return `is a ${Type}, and not a String`;
  const written = parsedIf(Written, parseJsonOrText(Value));
  if (written === undefined) return 'holds what is not JSON of the failure layer';
  const flag = Object.keys(written).find((name) => parsedIf(Enabled, written[name]) !== undefined);
  return flag === undefined ? undefined : `injects already: ${flag} is enabled`;
}

/** Functions that share a parameter would all be hit. */
async function unfitOwner(aws: Injector, id: string, name: string): Promise<string | undefined> {
  const command = new ListTagsForResourceCommand({ ResourceType: 'Parameter', ResourceId: name });
  const { TagList = [] } = await aws.client(SSMClient).send(command);
  const owner = TagList.find(({ Key }) => Key === functionTag)?.Value;
  if (owner === id) return undefined;
  return owner === undefined ? `has no tag ${functionTag}=${id}` : `is that of another function: ${owner}`;
}

async function readParameter(aws: Injector, Name: string | undefined): Promise<Parameter> {
  const { Parameter = {} } = await aws.client(SSMClient).send(new GetParameterCommand({ Name }));
  return Parameter;
}

/** Undefined: it is no more. */
async function readValue(aws: Injector, { facts }: Function): Promise<string | undefined> {
  try {
    return (await readParameter(aws, facts.failureParameter)).Value;
  } catch (error) {
    if (codeOf(error) === 'ParameterNotFound') return undefined;
    throw error;
  }
}

/** Without a type, as what exists has one: where the parameter was deleted meanwhile, none is created. */
async function write(aws: Injector, { facts }: Function, Value: string): Promise<void> {
  const command = new PutParameterCommand({ Name: facts.failureParameter, Value, Overwrite: true });
  await aws.client(SSMClient).send(command);
}
