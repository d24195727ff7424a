import { describe, expect, test } from 'vitest';
import { makeClients } from '#aws/clients/clients.ts';
import { assumedSessions } from '#aws/sessions.ts';
import { alarmReader } from '#aws/signals/alarm-reader.ts';
import { ledgerControl } from '#core/experiment/control/ledger-control.ts';
import { LagWatch } from '#core/experiment/sampling/lag-watch.ts';
import { openSampler } from '#core/experiment/sampling/open-sampler.ts';
import { parse } from '#core/util/parse.ts';
import { cloudwatchAlarm } from '#probes/cloudwatch-alarm.ts';
import { groupHealthy } from '#probes/group-healthy.ts';
import { lambdaInvoke } from '#probes/lambda-invoke.ts';
import { slo } from '#probes/slo.ts';
import { instances } from '#targets/instances/kind.ts';
import { probeMeans } from '#wiring/probe-means.ts';
import { never } from '../probes/probe-on-sandbox.ts';
import { aProbeSpec } from '../support/a-probe.ts';
import { aSandboxWorld } from '../support/a-sandbox-world.ts';
import { anExperimentRecord, anExperimentId as id } from '../support/an-experiment-record.ts';

const minuteMs = 60_000;
const place = 'eu-west-1:222222222222';
const arns = {
  alarm: `arn:aws:cloudwatch:${place}:alarm:checkout`,
  function: `arn:aws:lambda:${place}:function:prober`,
  slo: `arn:aws:application-signals:${place}:slo/orders`,
};

/** Means on a sandbox that lets sessions expire, with all that the probes below ask. */
function someMeans() {
  const world = aSandboxWorld();
  const { sandbox, clock, config, fleet } = world;
  const region = sandbox.account('222222222222').region('eu-west-1');
  region.alarm('checkout', 'OK');
  region.functions.add({ name: 'prober', tags: { 'chaos:prober': 'true' }, answer: () => 'fine' });
  region.autoScalingGroup({ name: 'web', desired: 2, tags: { 'chaos:opt-in': 'true' } });
  /** How long STS takes to answer. */
  const hang = { ms: 0 };
  const clients = makeClients({
    ...{ clock, concurrency: 4 },
    transport: async (call) => {
      if (call.command === 'AssumeRoleCommand') {
        if (hang.ms === Number.POSITIVE_INFINITY) await new Promise(() => {});
        if (hang.ms > 0) await clock.sleep(hang.ms);
      }
      const answer = answersOfSlo[call.command];
      if (answer === undefined) return sandbox.transport(call);
      // The sandbox knows neither call, but it knows whether a session has expired.
      await sandbox.transport({
        ...call,
        ...{ client: 'CloudWatchClient', command: 'DescribeAlarmsCommand', input: {} },
      });
      return answer;
    },
  });
  const means = probeMeans({
    ...{ config, clock, clients, fleet, kinds: [instances], loopback: false, newId: () => '00000001' },
    sessions: assumedSessions(clients, config.master.region),
  });
  return { ...world, means, hang };
}

const query = {
  Id: 'm1',
  MetricStat: { Metric: { Namespace: 'Shop', MetricName: 'Requests' }, Stat: 'Sum' },
};
const answersOfSlo: Readonly<Record<string, object>> = {
  GetServiceLevelObjectiveCommand: {
    Slo: {
      Goal: { AttainmentGoal: 99 },
      RequestBasedSli: {
        RequestBasedSliMetric: {
          TotalRequestCountMetric: [query],
          MonitoredRequestCountMetric: { GoodCountMetric: [query] },
        },
      },
    },
  },
  GetMetricDataCommand: { MetricDataResults: [{ Id: 'm1', StatusCode: 'Complete', Values: [100] }] },
};

describe('sessions of probes', () => {
  test.each([
    ['cloudwatch-alarm', cloudwatchAlarm, { arn: arns.alarm }],
    ['group-healthy', groupHealthy, { group: '222222222222/eu-west-1/asg/web', atLeast: 2 }],
    ['lambda-invoke', lambdaInvoke, { function: arns.function }],
    ['slo', slo, { arn: arns.slo }],
  ] as const)(
    'are opened anew before they expire, for a %s probe that stays open',
    async (_, probe, given) => {
      const { means, clock, calls } = someMeans();
      const parameters = parse(probe.parameters, given, 'the probe');
      const prober = await probe.open(parameters as never, means);
      const found: string[] = [];
      for (const minutes of [0, 9, 6, 16, 40]) {
        await clock.sleep(minutes * minuteMs);
        const { is, detail = '' } = await prober.measure(clock.now(), never);
        found.push(`${is}${detail}`);
      }
      expect(found).toEqual(Array.from({ length: 5 }, () => 'good'));
      expect(calls.filter(({ action }) => action === 'sts:AssumeRole')).toHaveLength(4);
    },
  );

  test('are opened anew for those who read alarms', async () => {
    const { means, clock } = someMeans();
    const reader = alarmReader(means);
    for (const minutes of [0, 14, 16]) {
      await clock.sleep(minutes * minuteMs);
      expect(await reader.alarms([arns.alarm])).toEqual(['OK']);
    }
  });

  test('that were refused are asked for again after five seconds, and not before', async () => {
    const { means, clock, sandbox, calls } = someMeans();
    const reader = alarmReader(means);
    sandbox.disruptions.deny({ action: 'sts:AssumeRole' });
    await expect(reader.alarms([arns.alarm])).rejects.toThrow(/not authorized/);
    sandbox.disruptions.clear();
    await clock.sleep(4_000);
    await expect(reader.alarms([arns.alarm])).rejects.toThrow(/not authorized/);
    await clock.sleep(1_000);
    expect(await reader.alarms([arns.alarm])).toEqual(['OK']);
    expect(calls.filter(({ action }) => action === 'sts:AssumeRole')).toHaveLength(2);
  });

  test.each([
    ['hang for ever', Number.POSITIVE_INFINITY, 11_000],
    ['hang for a minute', minuteMs, 11_000],
    ['are refused for four seconds', 0, undefined],
  ])(
    'whose renewals %s end an experiment only once its alarm cannot be read for 10 s',
    async (_, ms, within) => {
      const { means, clock, sandbox, hang } = someMeans();
      const reader = alarmReader(means);
      const stopConditions = [{ name: 'checkout', type: 'cloudwatch-alarm' as const, arn: arns.alarm }];
      const never = async () => undefined;
      const control = ledgerControl(
        id,
        { stopConditions },
        {
          ...{ clock, alarms: reader, skew: { offsetMs: () => 0 }, journal: { failed: () => {} } },
          ledger: { stop: never, experiment: async () => anExperimentRecord(), renewLease: never },
          announce: never,
        },
      );
      expect(await control.stopped(true)).toBeUndefined();
      // The session is due.
      await clock.sleep(11 * minuteMs);
      const from = clock.now();
      if (ms > 0) hang.ms = ms;
      else {
        sandbox.disruptions.deny({ action: 'sts:AssumeRole' });
        void clock.sleep(4_000).then(() => sandbox.disruptions.clear());
      }
      let stopped: string | undefined;
      while (stopped === undefined && clock.now() < from + 2 * minuteMs) {
        stopped = (await control.stopped())?.by;
        await clock.sleep(400);
      }
      if (within === undefined) return expect(stopped).toBeUndefined();
      expect(stopped).toMatch(/nobody could read whether it is stopped/);
      expect(clock.now() - from).toBeLessThanOrEqual(within);
    },
  );
});

test('a probe that AWS is too busy to open is unmeasured until it opens, and fails nothing', async () => {
  const { means, clock, sandbox } = someMeans();
  const spec = aProbeSpec({ parameters: parse(lambdaInvoke.parameters, { function: arns.function }, 'x') });
  const parts = { means, lag: new LagWatch(), seed: 'run' };
  // As an invocation did before; the SDK has also read its files since.
  await (await openSampler(lambdaInvoke, spec, parts)).close();
  sandbox.disruptions.throttle({ action: 'lambda:ListTags' });
  const sampler = await openSampler(lambdaInvoke, spec, parts);
  const found: string[] = [];
  for await (const { is, detail = '' } of sampler.between(clock.now(), clock.now() + 20_000, never)) {
    if (found.push(is) === 3) sandbox.disruptions.clear();
    if (is === 'unmeasured') expect(detail).toMatch(/^it cannot be opened: .*Rate exceeded/);
  }
  expect(found.slice(0, 3)).toEqual(['unmeasured', 'unmeasured', 'unmeasured']);
  expect(found.slice(8)).toEqual(found.slice(8).map(() => 'good'));
  await sampler.close();
  sandbox.disruptions.deny({ action: 'lambda:ListTags' });
  await expect(openSampler(lambdaInvoke, spec, parts)).rejects.toMatchObject({
    name: 'AccessDeniedException',
  });
});
