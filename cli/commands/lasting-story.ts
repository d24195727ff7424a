import type { Config } from '#core/config/config.ts';
import { parseRequest } from '#core/config/run-request.ts';
import { groupKey } from '#core/model/group.ts';
import { run } from '#core/run/run.ts';
import { startRun } from '#core/run/start-run.ts';
import { faults } from '#faults/registry.ts';
import { FailureReader } from '#layer/failure-reader.ts';
import { wrapHandler } from '#layer/wrap-handler.ts';
import { VirtualClock } from '#sandbox/clock.ts';
import { selectBody } from '#sandbox/sns/topic.ts';
import type { Region } from '#sandbox/state/region.ts';
import { silentJournal as journal } from '#wiring/silent-journal.ts';
import type { LastingStory, TimedRequest } from '../render/lasting-story.ts';
import { addLayeredFunction } from '../sandbox/layered-function.ts';
import { sandboxWorld } from '../sandbox/sandbox-world.ts';

const name = 'orders';
const minutes = 5;
/** What the handler takes by itself. */
const workMs = 20;
const betweenRequestsMs = 30_000;
const requests = 13;

/**
 * Strikes a function of a sandbox with latency. There is no janitor: what ends it is the failure layer's own code, around a handler in
 * this process. `secret`: 64 hex digits that determine the draws.
 */
export async function lastingStory(
  given: Config,
  { startsAt, secret }: { readonly startsAt: number; readonly secret: string },
): Promise<LastingStory> {
  const clock = new VirtualClock({ startsAt, jumps: true });
  const parameters = { ms: 1_000, maxMs: null, percent: 100, minutes };
  const config: Config = { ...given, faults: [{ name: 'lambda-latency', parameters }] };
  const { sandbox, topic, world } = sandboxWorld({ config, clock, journal, newSecret: () => secret });
  const [{ id: account, regions: [regionName = ''] = [] } = { id: '' }] = config.accounts;
  const region = sandbox.account(account).region(regionName);
  const { optIn, probability } = config.tags;
  const tags = { [optIn.key]: optIn.value, [probability]: '1' };
  const parameter = addLayeredFunction(region, { name, tags, now: startsAt });

  const invoke = invoker(region, parameter, clock);
  const before = await invoke();
  const request = {
    slot: new Date(startsAt).toISOString(),
    dryRun: false,
    groups: [groupKey({ account, region: regionName, kind: 'function', name })],
  };
  const starting = { clock, newId: () => '00000005', invocationId: '00000005', timeLeftMs: 300_000 };
  const report = await run(startRun(parseRequest(request, config, faults), 'schedule', starting), world);

  const after: TimedRequest[] = [];
  for (let sent = 0; sent < requests; sent += 1) {
    await clock.advance(startsAt + (sent + 1) * betweenRequestsMs - clock.now());
    after.push(await invoke());
  }
  const mail = topic.messages.at(-1);
  return {
    ...{ report, before, after },
    left: region.parameters.get(parameter)?.value ?? '',
    mail: mail && { subject: mail.subject, body: selectBody(mail, 'email') },
  };
}

/** Invokes the function as its runtime would, one request after another. */
function invoker(region: Region, parameter: string, clock: VirtualClock): () => Promise<TimedRequest> {
  const reader = new FailureReader({
    read: async () => ({ value: region.parameters.get(parameter)?.value, sentAt: clock.now() }),
    now: () => clock.now(),
    random: () => 0.5,
    // Between requests Lambda freezes the environment.
    later: () => {},
    log: () => {},
    onChange: () => {},
  });
  const handler = wrapHandler(
    async () => {
      await clock.sleep(workMs);
      return { statusCode: 200 };
    },
    {
      current: () => reader.current(),
      random: () => 0.5,
      now: () => clock.now(),
      sleep: (ms) => clock.sleep(ms),
    },
  );
  return async () => {
    const at = clock.now();
    await handler({ path: '/orders' }, {});
    return { at, ms: clock.now() - at };
  };
}
