import { describe, expect, test } from 'vitest';
import type { Target } from '#core/model/target.ts';
import { snsDeny } from '#faults/topics/sns-deny.ts';
import type { Bench } from '#verify-aws/bench.ts';
import { runFacts } from '#verify-aws/run-facts.ts';
import { sandboxPlace } from '#verify-aws/sandbox-place.ts';
import { denyEnds } from '#verify-aws/shared/deny-ends.ts';
import { isDenied } from '../support/what-is-denied.ts';

/** The check of a topic, where policies are evaluated as `denies` says. */
async function checked(
  denies: (policy: {
    readonly now: () => Promise<boolean>;
    readonly at: number;
    readonly begun: number;
  }) => Promise<boolean>,
) {
  const place = { ...sandboxPlace(() => '0123456789abcdef'), isSandbox: false };
  const begun = place.clock.now();
  const attempt = async (bench: Bench, { arns }: Target) => {
    const topic = place.sandbox
      .account(place.account)
      .region(place.region)
      .topics.get(arns.topic ?? '');
    if (topic === undefined) throw new Error('there is no topic');
    const at = bench.clock.now();
    const principal = `arn:aws:iam::${place.account}:role/verify`;
    const now = () => isDenied(topic, { action: 'sns:Publish', principal, at });
    if (await denies({ now, at, begun })) {
      throw Object.assign(new Error('denied'), { name: 'AuthorizationErrorException' });
    }
  };
  const check = denyEnds({
    ...{ fault: snsDeny, creates: [], cents: 0, parameters: { minutes: 5 }, attempt },
    make: (make) => make.topic(),
  });
  const fact = { name: 'topic', claim: 'It ends.', faults: [], check };
  const { facts } = await runFacts([fact], place, new AbortController().signal);
  return facts[0];
}

describe('denyEnds', () => {
  test('holds where the statement denies until its moment, and is still there afterwards', async () => {
    expect(await checked(({ now }) => now())).toMatchObject({
      answer: 'holds',
      saw: expect.stringMatching(/^denied \d+ s after it was injected, free again \d+ s after its end/),
    });
  });

  test('does not hold where nothing is denied', async () => {
    expect(await checked(async () => false)).toMatchObject({
      answer: 'does not hold',
      saw: 'nothing was denied',
    });
  });

  test('does not hold where the end is not obeyed', async () => {
    expect(await checked(async ({ at, begun }) => at > begun)).toMatchObject({
      answer: 'does not hold',
      saw: expect.stringContaining('still 60 s after its end'),
    });
  });
});
