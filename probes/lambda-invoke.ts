import { InvokeCommand, LambdaClient, ListTagsCommand } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import { tookText } from '#core/experiment/wording/numbers.ts';
import type { Measurement, Probe } from '#core/ports/probe.ts';
import { codeOf } from '#core/util/error-text.ts';
import { Time } from '#core/util/time.ts';
import { arnOf, arnParts } from './shared/arn.ts';
import { bodyCheck, bodyExpectations } from './shared/body-expectations.ts';
import { cutBody } from './shared/cut-body.ts';
import { mostBytes } from './shared/first-of-body.ts';
import { untilOver } from './shared/until-over.ts';

/** Probes invoke nothing that does not carry it: IAM asks for it, and so do we, whose answer is easier to understand. */
const proberTag = { key: 'chaos:prober', value: 'true' };

const Parameters = z.strictObject({
  function: arnOf(
    'lambda',
    /function:[\w-]+(?::[\w$-]+)?/,
    'arn:aws:lambda:eu-west-1:111122223333:function:prober:live',
  ).describe(
    'The function, or a version or alias of it, in a target account. It has the tag `chaos:prober` with the value `true`.',
  ),
  payload: z.json().default({}).describe('What it is invoked with.'),
  expect: z
    .strictObject({
      latency: Time.optional().describe('The longest time until its answer.'),
      ...bodyExpectations,
    })
    .prefault({})
    .describe('What a good answer is. An error of the function is none.'),
});
type Parameters = z.infer<typeof Parameters>;

export const lambdaInvoke: Probe<Parameters> = {
  type: 'lambda-invoke',
  summary: 'An invocation of a function: bad if it fails, or does not answer as expected and in time.',
  measures: 'events',
  unit: 'ms',
  parameters: Parameters,
  leastEveryMs: 100,
  settlesMs: 0,
  permissions: [
    {
      action: 'lambda:InvokeFunction',
      by: 'target',
      on: ({ partition, account }) => `arn:${partition}:lambda:*:${account}:function:*`,
      condition: { StringEquals: { [`aws:ResourceTag/${proberTag.key}`]: proberTag.value } },
    },
    {
      action: 'lambda:ListTags',
      by: 'target',
      on: ({ partition, account }) => `arn:${partition}:lambda:*:${account}:function:*`,
    },
  ],
  what: ({ function: arn, expect: { latency } }) =>
    `invocation of ${nameOf(arn)}${latency === undefined ? '' : ` within ${tookText(latency)}`}`,
  limit: ({ expect }) => expect.latency,
  open: async ({ function: arn, payload, expect }, means) => {
    const place = arnParts(arn);
    const { FunctionName, Qualifier } = callee(arn);
    const lambda = async () => (await means.clients(place))(LambdaClient);
    await requireTag(FunctionName, await lambda());
    const check = bodyCheck(expect);
    const Payload = Buffer.from(JSON.stringify(payload));
    return {
      ready: async () => {
        await means.clients(place);
      },
      measure: async (_, over) => {
        const client = await lambda();
        client.middlewareStack.use(cutBody);
        const started = means.stopwatch();
        const command = new InvokeCommand({
          FunctionName,
          ...(Qualifier !== undefined && { Qualifier }),
          InvocationType: 'RequestResponse',
          Payload,
        });
        const answer = await client.send(command, untilOver(over)).catch(throttling);
        const value = Math.round((means.stopwatch() - started) * 10) / 10;
        const bad = (detail: string): Measurement => ({ is: 'bad', value, detail });
        if (answer === 'throttled') return bad('throttled');
        if (answer.FunctionError !== undefined) return bad(`FunctionError ${answer.FunctionError}`);
        const body = Buffer.from(answer.Payload ?? []);
        if (check !== undefined && body.length > mostBytes) return tooLong;
        const mistake = check?.(body.toString());
        if (mistake !== undefined) return bad(mistake);
        if (expect.latency !== undefined && value > expect.latency) return bad(`took ${tookText(value)}`);
        return { is: 'good', value };
      },
      close: async () => {},
    };
  },
};

const tooLong: Measurement = { is: 'unmeasured', detail: 'its answer is over 1 MiB' };

/** The function is not there for probes. */
export class NoProber extends Error {
  override readonly name = 'NoProber';
}

/** Throws `NoProber`, and AWS's error. */
async function requireTag(arn: string, client: LambdaClient): Promise<void> {
  const { Tags = {} } = await client.send(new ListTagsCommand({ Resource: arn }));
  if (Tags[proberTag.key] === proberTag.value) return;
  throw new NoProber(`${nameOf(arn)} does not carry the tag ${proberTag.key}=${proberTag.value}`);
}

/** A version or alias has no tags of its own. */
function callee(arn: string) {
  const parts = arn.split(':');
  return { FunctionName: parts.slice(0, 7).join(':'), Qualifier: parts[7] };
}

/** A function that has no capacity left fails its users as well; that we call too often is our own affair. */
function throttling(error: unknown): 'throttled' {
  const { Reason } = Object(error);
  const isOurs = Reason === undefined || Reason === 'CallerRateLimitExceeded';
  if (codeOf(error) !== 'TooManyRequestsException' || isOurs) throw error;
  return 'throttled';
}

/** `prober:live`. */
function nameOf(arn: string): string {
  return arnParts(arn).resource.slice('function:'.length);
}
