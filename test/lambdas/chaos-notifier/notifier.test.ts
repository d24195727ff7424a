import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { planEvent, runEvent } from '#core/messages/published-event.ts';
import { InvalidInput } from '#core/util/parse.ts';
import { NotificationError, notifier } from '#lambdas/chaos-notifier/notifier.ts';
import { configuredChannels } from '#notify/shared/configured-channels.ts';
import { slack as slackChannel, slackMessage } from '#notify/slack.ts';
import { teamsMessage } from '#notify/teams.ts';
import { aMasterDeployment } from '../../support/a-master-deployment.ts';
import { aPlan } from '../../support/a-plan.ts';
import { aBroken, aFailure, aReport, aStrike } from '../../support/a-report.ts';
import { instantClock } from '../../support/instant-clock.ts';
import { alarmMessage, notificationOf, notificationOfPlan, snsEvent } from '../../support/notifications.ts';
import { type Answer, startWebhookServer } from '../../support/webhook-server.ts';

const channels = configuredChannels({
  slack: { parameter: '/chaos/slack-webhook' },
  teams: { parameter: '/chaos/teams-webhook' },
});
const slack = 'hooks.slack.example/services/T0/B0/s3cret';
const teams = 'prod.logic.example/workflows/w0/triggers/manual?sig=s3cret';

const report = aReport({ strikes: [aStrike()] });
const event = snsEvent(runEvent(report, aMasterDeployment()));

/** Names of 80 characters and long errors, in every section. */
const name = (index: number) => `eks-nodegroup-payments-blue-${index}-`.padEnd(80, 'x');
const wideReport = aReport({
  strikes: Array.from({ length: 20 }, (_, index) =>
    aStrike({
      group: `222222222222/eu-west-1/asg/${name(index)}`,
      ...(index % 4 === 0 && {
        outcome: 'failed',
        detail: 'UnauthorizedOperation: '.padEnd(380, 'You are not authorized to perform this operation. '),
      }),
    }),
  ),
  recoveries: Array.from({ length: 20 }, (_, index) =>
    aBroken({ group: `222222222222/eu-west-1/asg/${name(100 + index)}` }),
  ),
  failures: Array.from({ length: 10 }, (_, index) => aFailure({ account: String(100_000_000_000 + index) })),
});

const Blocks = z.object({
  blocks: z.array(
    z.union([
      z.object({ elements: z.array(z.object({ text: z.string() })) }),
      z.object({ text: z.object({ text: z.string() }) }),
    ]),
  ),
});
function slackTextsOf(body: unknown): readonly string[] {
  return Blocks.parse(body).blocks.flatMap((block) =>
    'elements' in block ? block.elements.map(({ text }) => text) : [block.text.text],
  );
}

function fullest(forms: Iterable<object>): string {
  const [form] = forms;
  return JSON.stringify(form);
}

/** A notifier before a real server, with parameters that can be changed, and what it did. */
async function setUp(answer: (webhook: string, nth: number) => Answer | 'hang') {
  const server = await startWebhookServer(answer);
  const clock = instantClock();
  const parameters = new Map([
    ['/chaos/slack-webhook', `https://${slack}`],
    ['/chaos/teams-webhook', `https://${teams}`],
  ]);
  const read: string[] = [];
  const parts = {
    channels,
    readParameter: async (name: string) => {
      read.push(name);
      const value = parameters.get(name);
      if (value === undefined) throw Object.assign(new Error(name), { name: 'ParameterNotFound' });
      return value;
    },
    fetch: server.fetch,
    clock,
    random: () => 0,
  };
  const handle = notifier(parts);
  return {
    parts,
    parameters,
    read,
    clock,
    notify: (message: unknown = event, timeMs = 60_000) =>
      handle(message, { getRemainingTimeInMillis: () => timeMs }),
    /** What reached each webhook. */
    bodies: (webhook: string) =>
      server.received.filter((one) => one.webhook === webhook).map(({ body }) => body),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

async function failureOf(notified: Promise<void>): Promise<NotificationError> {
  const error = await notified.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof NotificationError)) throw new Error(`not a NotificationError: ${inspect(error)}`);
  expect(inspect(error, { depth: 9 })).not.toMatch(/s3cret|slack\.example|logic\.example/);
  return error;
}

describe('notifier', () => {
  test('forwards a run to every channel in its own form', async () => {
    await using it = await setUp(() => ({ status: 200 }));
    await it.notify();
    expect(it.bodies(slack)).toEqual([fullest(slackMessage(notificationOf(report)))]);
    expect(it.bodies(teams)).toEqual([fullest(teamsMessage(notificationOf(report)))]);
  });

  test('forwards a plan', async () => {
    await using it = await setUp(() => ({ status: 200 }));
    await it.notify(snsEvent(planEvent(aPlan(), aMasterDeployment())));
    expect(it.bodies(slack)).toEqual([fullest(slackMessage(notificationOfPlan(aPlan())))]);
    expect(it.bodies(teams)).toEqual([fullest(teamsMessage(notificationOfPlan(aPlan())))]);
  });

  test('forwards an alarm of the stack', async () => {
    await using it = await setUp(() => ({ status: 200 }));
    await it.notify(snsEvent(alarmMessage));
    expect(it.bodies(slack)).toEqual([expect.stringContaining('ALARM: chaos-monkey-slot-missed')]);
  });

  test('reads each parameter once in the life of the container', async () => {
    await using it = await setUp(() => ({ status: 200 }));
    await it.notify();
    await it.notify();
    expect(it.read).toEqual(['/chaos/slack-webhook', '/chaos/teams-webhook']);
    expect(it.bodies(teams)).toHaveLength(2);
  });

  test('a channel that fails does not keep the other from being told, and is named', async () => {
    await using it = await setUp((webhook) => ({ status: webhook === slack ? 500 : 202 }));
    const error = await failureOf(it.notify());
    expect(error.message).toBe(
      'run 20261123T090000Z-3f9a1c2b could not be delivered to Slack (parameter /chaos/slack-webhook): HTTP 500, tried 5 times',
    );
    expect(it.bodies(teams)).toHaveLength(1);
  });

  test('when all fail, all are named', async () => {
    await using it = await setUp((webhook) => (webhook === slack ? { status: 400 } : 'hang'));
    it.parameters.delete('/chaos/teams-webhook');
    expect((await failureOf(it.notify())).failures).toEqual([
      'Slack (parameter /chaos/slack-webhook): HTTP 400, tried 3 times',
      'Teams (parameter /chaos/teams-webhook): the parameter could not be read: ParameterNotFound',
    ]);
  });

  test.each([13_200, 6_000, 3_000])(
    'a Slack that takes no more than %i characters gets as much as it takes',
    async (maxLength) => {
      const lengthOf = (body: string) =>
        slackTextsOf(JSON.parse(body)).reduce((sum, text) => sum + text.length, 0);
      const posted: number[] = [];
      const fetch: typeof globalThis.fetch = async (_url, init) => {
        const length = lengthOf(String(init?.body));
        posted.push(length);
        return new Response('', { status: length > maxLength ? 400 : 200 });
      };
      await using it = await setUp(() => ({ status: 200 }));
      const handle = notifier({ ...it.parts, fetch, channels: channels.slice(0, 1) });
      await handle(snsEvent(runEvent(wideReport, aMasterDeployment())), {
        getRemainingTimeInMillis: () => 60_000,
      });
      expect(posted.at(-1)).toBeLessThanOrEqual(maxLength);
      expect(posted.slice(0, -1).every((length) => length > maxLength)).toBe(true);
      expect(posted).toEqual([...new Set(posted)].toSorted((a, b) => b - a));
    },
  );

  test('a channel that refuses every form is named, with how often it was tried', async () => {
    await using it = await setUp((webhook) => ({ status: webhook === slack ? 413 : 200 }));
    const error = await failureOf(it.notify(snsEvent(runEvent(wideReport, aMasterDeployment()))));
    const tried = it.bodies(slack).length;
    expect(error.failures).toEqual([
      `Slack (parameter /chaos/slack-webhook): HTTP 413, tried ${tried} times`,
    ]);
    expect(tried).toBeGreaterThan(3);
    expect(new Set(it.bodies(slack)).size).toBe(tried);
  });

  test('the answer of a service is not repeated: it could quote the webhook', async () => {
    await using it = await setUp((webhook) => ({ status: 400, body: `no such hook: https://${webhook}` }));
    expect((await failureOf(it.notify())).failures).toHaveLength(2);
  });

  test('an error of fetch that quotes the URL does not get out', async () => {
    await using it = await setUp(() => ({ status: 200 }));
    const leaky: typeof fetch = async (input) => {
      const text = `cannot reach ${String(input)}`;
      throw Object.assign(new TypeError(text, { cause: new Error(text) }), {
        name: text,
        code: text,
        url: input,
      });
    };
    const handle = notifier({ ...it.parts, fetch: leaky });
    const error = await failureOf(handle(event, { getRemainingTimeInMillis: () => 60_000 }));
    expect(error.failures).toEqual([
      'Slack (parameter /chaos/slack-webhook): no answer, tried 5 times',
      'Teams (parameter /chaos/teams-webhook): no answer, tried 5 times',
    ]);
  });

  test.each([401, 403, 404, 410])(
    'after a %i a rotated webhook is read anew and gets the message',
    async (status) => {
      const rotated = 'hooks.slack.example/services/T0/B1/s3cret';
      await using it = await setUp((webhook) => ({ status: webhook === slack ? status : 200 }));
      const handle = notifier({ ...it.parts, channels: channels.slice(0, 1) });
      const notify = () => handle(event, { getRemainingTimeInMillis: () => 60_000 });
      await failureOf(notify());
      it.parameters.set('/chaos/slack-webhook', `https://${rotated}`);
      await notify();
      await notify();
      expect(it.bodies(rotated)).toHaveLength(2);
      // Before: read, and read again in vain. After: kept from the second reading, then read again, and kept.
      expect(it.read).toHaveLength(3);
      expect(it.bodies(slack)).toHaveLength(2);
    },
  );

  test('a secret that was refused is asked for again', async () => {
    await using it = await setUp(() => ({ status: 200 }));
    it.parameters.set('/chaos/slack-webhook', 'change me');
    expect((await failureOf(it.notify())).failures).toEqual([
      'Slack (parameter /chaos/slack-webhook): the parameter does not hold an https URL',
    ]);
    it.parameters.set('/chaos/slack-webhook', `https://${slack}`);
    await it.notify();
    expect(it.bodies(slack)).toHaveLength(1);
  });

  test('a webhook that was not rotated is not asked twice', async () => {
    await using it = await setUp((webhook) => ({ status: webhook === slack ? 404 : 200 }));
    expect((await failureOf(it.notify())).failures).toEqual([
      'Slack (parameter /chaos/slack-webhook): HTTP 404',
    ]);
    expect(it.bodies(slack)).toHaveLength(1);
  });

  test('all attempts together end a second before the function does', async () => {
    await using it = await setUp(() => ({ status: 429, headers: { 'retry-after': '4' } }));
    const began = it.clock.now();
    // Each channel sleeps on the same clock, so one is enough to measure.
    const handle = notifier({ ...it.parts, channels: channels.slice(0, 1) });
    const error = await failureOf(handle(event, { getRemainingTimeInMillis: () => 10_000 }));
    expect(error.failures).toEqual(['Slack (parameter /chaos/slack-webhook): HTTP 429, tried 3 times']);
    expect(it.clock.now() - began).toBe(8_000);
  });

  test('what is not an event of ours is refused, and nobody is told', async () => {
    await using it = await setUp(() => ({ status: 200 }));
    await expect(it.notify(snsEvent('hello'))).rejects.toThrow(InvalidInput);
    expect(it.bodies(slack)).toEqual([]);
  });

  test('a message that cannot be laid out is named by its error alone', async () => {
    await using it = await setUp(() => ({ status: 200 }));
    const broken = {
      ...slackChannel,
      messages: () => {
        throw new RangeError(`https://${teams}`);
      },
    };
    const config = { parameter: '/chaos/slack-webhook' };
    const handle = notifier({ ...it.parts, channels: [{ name: 'slack', channel: broken, config }] });
    const error = await failureOf(handle(event, { getRemainingTimeInMillis: () => 60_000 }));
    expect(error.failures).toEqual(['Slack (parameter /chaos/slack-webhook): RangeError']);
  });
});
