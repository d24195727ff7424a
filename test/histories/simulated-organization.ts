import { makeClients } from '#aws/clients/clients.ts';
import type { Transport, TransportCall } from '#aws/clients/transport.ts';
import { groupKey } from '#core/model/group.ts';
import type { Recovered } from '#core/model/recovery.ts';
import type { StrikeId } from '#core/model/strike.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import { faults } from '#faults/registry.ts';
import { chaosMonkey } from '#lambdas/chaos-monkey/monkey.ts';
import type { Authorizer } from '#sandbox/authorizer.ts';
import { VirtualClock } from '#sandbox/clock.ts';
import type { Instance } from '#sandbox/ec2/instance.ts';
import type { Sandbox } from '#sandbox/sandbox.ts';
import { onboard } from '#sandbox/scenario.ts';
import { silentJournal } from '#wiring/silent-journal.ts';
import { masterLedger, masterWorld } from '#wiring/world.ts';
import { DisruptableSandbox } from '../support/disruptions.ts';
import { type BlockingSignal, blockingSignals } from './blocking-signals.ts';
import { crashableProcess } from './crashable-process.ts';
import type { Effect, Ending, Invocation } from './invocation.ts';
import type { GroupSeed, Scenario } from './random-scenario.ts';
import type { SeededRandom } from './seeded-random.ts';

const strikes = new Set([
  'TerminateInstancesCommand',
  'StopInstancesCommand',
  'RebootInstancesCommand',
  'TerminateInstanceInAutoScalingGroupCommand',
]);

const strikeActions = new Set([
  'ec2:TerminateInstances',
  'ec2:StopInstances',
  'ec2:RebootInstances',
  'autoscaling:TerminateInstanceInAutoScalingGroup',
]);

/** When Lambda ends the function. */
const timeoutMs = 300_000;

/** An organization on the sandbox, with its own clock. */
export function simulatedOrganization({ config, groups, startsAt }: Scenario, random: SeededRandom) {
  const clock = new VirtualClock({ startsAt, jumps: true });
  const sandbox = new DisruptableSandbox({
    clock,
    caller: { account: config.master.account, roleName: 'chaos-monkey-master' },
    authorize: tagsAndSession,
  });
  const { table, topic, notRecoveredTopic } = onboard(sandbox, config);
  for (const group of groups) put(group, sandbox);

  const weather = { storm: 0 };
  const trouble = random.split();
  const meets = (share: number) => () => weather.storm > 0 && trouble.chance(share * weather.storm);
  sandbox.disruptions.throttle(meets(0.04));
  sandbox.disruptions.loseAnswer(meets(0.03));
  // Where it hurts most.
  const strikeLost = meets(0.15);
  sandbox.disruptions.loseAnswer((call) => strikeActions.has(call.action) && strikeLost());
  sandbox.disruptions.fail(meets(0.02), () =>
    Object.assign(new Error('internal failure'), {
      name: 'InternalFailure',
      $fault: 'server',
      $metadata: { httpStatusCode: 500 },
    }),
  );
  sandbox.disruptions.deny(meets(0.004));

  const effects: Effect[] = [];
  /** Whether people were told that a strike's group did not recover: by the alarm, or where that was refused by the message. */
  const isTold = ({ group, slot }: Pick<StrikeId, 'group' | 'slot'>) =>
    [...notRecoveredTopic.messages, ...topic.messages].some(({ bodies }) => {
      const { recovered, report } = JSON.parse(bodies.default ?? '');
      const told: readonly Recovered[] = report?.recoveries ?? [recovered ?? []].flat();
      return told.some(
        (one) => one.recovery.outcome === 'not-recovered' && one.group === group && one.slot === slot,
      );
    });
  const signals = blockingSignals({ config, groups }, sandbox, () => clock.now());
  /** Since when signals say no, epoch ms. */
  const noSince = new Map<BlockingSignal, number>();
  const turn = (signal: BlockingSignal, to: 'no' | 'yes') => {
    if (to === 'yes') noSince.delete(signal);
    else if (!noSince.has(signal)) noSince.set(signal, clock.now());
    signal.turn(to);
  };
  const latency = random.split();
  const jitter = random.split();
  const watched =
    (invocation: Invocation): Transport =>
    async (call) => {
      await clock.sleep(latency.int(5, 400));
      const target = strikes.has(call.command) ? targetOf(call) : undefined;
      const note = () => {
        if (target !== undefined) effects.push({ ...target, invocation });
      };
      try {
        const answer = await sandbox.transport(call);
        note();
        return answer;
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ECONNRESET') note();
        throw error;
      }
    };

  /** Of the instance as it is now. The sandbox asks nothing of the clock before it answers. */
  const targetOf = ({ input, credentials, region }: TransportCall): Omit<Effect, 'invocation'> => {
    const instanceId = idIn(input);
    const at = clock.now();
    for (const { id: account } of config.accounts) {
      const place = sandbox.account(account).region(region);
      const instance = place.instanceAt(at, instanceId);
      if (instance === undefined) continue;
      const { autoScalingGroup, tags } = instance;
      const name = autoScalingGroup ?? tags['chaos:group'] ?? '';
      const kind = autoScalingGroup === undefined ? 'tag' : 'asg';
      const group = groupKey({ account, region, kind, name });
      return {
        at,
        group,
        account,
        region,
        instanceId,
        app: tags['chaos:app'],
        isOptedIn: tags['chaos:opt-in'] === 'true',
        isProtected: instance.isProtected || instance.isStopProtected,
        noes: [...noSince]
          .filter(([signal]) => signal.concerns({ account, group }))
          .map(([{ name: signal }, since]) => ({ name: signal, forMs: at - since })),
      };
    }
    throw new Error(
      `${instanceId} is nowhere (${credentials === undefined ? 'own' : 'assumed'} credentials)`,
    );
  };

  let ids = 0;
  const newId = () => {
    ids += 1;
    return ids.toString(16).padStart(8, '0');
  };

  const invoke = async (invocation: Invocation): Promise<Ending> => {
    const { death, skewMs, event, id } = invocation;
    const own = crashableProcess({ transport: watched(invocation), clock }, death);
    const ownClock: Clock = { now: () => clock.now() + skewMs, sleep: own.clock.sleep };
    const clients = makeClients({
      clock: ownClock,
      concurrency: 8,
      transport: own.transport,
      random: () => jitter.number(),
    });
    const monkey = chaosMonkey(
      masterWorld({
        config,
        faults,
        clock: ownClock,
        clients,
        newSecret,
        deployed: {
          tableName: table.name,
          topicArn: topic.arn,
          notRecoveredTopicArn: notRecoveredTopic.arn,
        },
        journal: silentJournal,
      }),
      newId,
    );
    const endsAt = clock.now() + timeoutMs;
    const context = { awsRequestId: id, getRemainingTimeInMillis: () => endsAt - clock.now() };
    const timedOut = clock.sleep(timeoutMs).then((): Ending => 'timed out');
    const ending = await Promise.race([
      own.died,
      timedOut,
      monkey(event, context).then(
        (answer): Ending => ({ answer }),
        (threw: unknown): Ending => ({ threw }),
      ),
    ]);
    // Whatever came of it, nothing of it goes on: Lambda freezes what has answered.
    own.die();
    return ending;
  };

  /** Without trouble and without taking time: for those who look from outside. */
  const ledger: Ledger = masterLedger({
    config,
    clock,
    clients: makeClients({ clock, concurrency: 8, transport: calm(sandbox, weather) }),
    tableName: table.name,
    newSecret,
  });

  return {
    ...{ config, groups, clock, sandbox, topic, weather, effects, isTold },
    ...{ signals, noSince, turn, invoke, ledger },
  };
}

export type SimulatedOrganization = ReturnType<typeof simulatedOrganization>;

const newSecret = () => '5eed'.repeat(16);

function calm(sandbox: Sandbox, weather: { storm: number }): Transport {
  return async (call) => {
    const { storm } = weather;
    weather.storm = 0;
    // The sandbox decides about trouble before anything is awaited.
    const answer = sandbox.transport(call);
    weather.storm = storm;
    return answer;
  };
}

/** What IAM would do: the target role reaches what carries the opt-in tag, a strike session what its policy names. */
const tagsAndSession: Authorizer = ({ action, resource, resourceTags, identity }) => {
  if (!strikeActions.has(action)) return true;
  return resourceTags?.['chaos:opt-in'] === 'true' && (identity.sessionPolicy ?? '').includes(resource);
};

function idIn(input: object): string {
  if ('InstanceId' in input && typeof input.InstanceId === 'string') return input.InstanceId;
  if ('InstanceIds' in input && Array.isArray(input.InstanceIds) && input.InstanceIds.length === 1) {
    return String(input.InstanceIds[0]);
  }
  throw new Error(`a strike on other than one instance: ${JSON.stringify(input)}`);
}

function put(
  { account, region, kind, name, size, zones, tags, isFirstProtected }: GroupSeed,
  sandbox: Sandbox,
): void {
  const place = sandbox.account(account).region(region);
  const names = ['a', 'b', 'c'].slice(0, zones).map((letter) => `${region}${letter}`);
  if (kind === 'asg') {
    const group = place.autoScalingGroup({ name, desired: size, tags, zones: names });
    if (isFirstProtected) protect(group.members[0]?.instance, size);
    return;
  }
  for (let index = 0; index < size; index += 1) {
    const zone = names[index % names.length];
    const seed = { tags: { ...tags, 'chaos:group': name }, ...(zone !== undefined && { zone }) };
    const instance = place.instance(seed);
    if (isFirstProtected && index === 0) protect(instance, size);
  }
}

/** By either attribute: both are to hold for every fault. */
function protect(instance: Instance | undefined, size: number): void {
  if (size % 2 === 0) instance?.protectFromStop();
  else instance?.protect();
}
