import { describe, expect, test } from 'vitest';
import type { RunRequestInput } from '#core/config/run-request.ts';
import { RunReport } from '#core/reports/run-report.ts';
import { parse } from '#core/util/parse.ts';
import { type Place, places, somewhere } from './accounts-and-regions.ts';
import { apiEvent, liveRun, reportOf, scheduledEvent } from './events.ts';
import type { MotoDeployment } from './moto-deployment.ts';
import { alwaysStruck } from './moto-fleet.ts';

const key = ({ account, region }: Place, group: string) => `${account}/${region}/${group}`;

export function strikeFacts(deployment: () => MotoDeployment): void {
  describe('strikes', () => {
    test('a scheduled run ends one instance of each opted-in group in every account and region', async () => {
      const { fleet } = deployment();
      await Promise.all(
        places.flatMap((place) => [
          fleet.group(place, 'web', 3, alwaysStruck),
          fleet.standalone(place, 2, { ...alwaysStruck, 'chaos:group': 'db' }),
        ]),
      );
      const groups = places.flatMap((place) => [key(place, 'asg/web'), key(place, 'tag/db')]);
      const before = await fleet.running();
      const event = await scheduledEvent(deployment(), deployment().slot());
      let answer: unknown;
      const losses = await fleet.lossesDuring(async () => {
        answer = await deployment().monkey().invoke(event);
      });
      expect(losses).toEqual(Object.fromEntries(groups.map((group) => [group, 1])));

      const report = parse(RunReport, answer, 'answer of chaos_monkey');
      expect(report).toMatchObject({ trigger: 'schedule', mode: 'live', outcome: 'done', failures: [] });
      expect(report.counts).toMatchObject({ regionsSurveyed: places.length, succeeded: groups.length });
      expect(report.strikes.map(({ group }) => group).sort()).toEqual(groups.sort());
      expect(before[key(somewhere, 'asg/web')]).toBe(3);
      expect(await fleet.running()).toMatchObject({ [key(somewhere, 'asg/web')]: 3 });
    });

    test('the log has a line for every decision and strike, and the numbers as metrics', async () => {
      const { fleet } = deployment();
      await fleet.group(somewhere, 'web', 2, alwaysStruck);
      await fleet.group(somewhere, 'never', 2, { 'chaos:opt-in': 'true' });
      await using monkey = await deployment().start('chaos_monkey');
      const { runId } = await reportOf(monkey, { slot: deployment().slot(), dryRun: false });
      const lines: Record<string, unknown>[] = monkey
        .log()
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line));
      const said = lines
        .filter((line) => line.runId === runId)
        .map(({ message, group, reason }) => [message, group, reason]);
      expect(said).toHaveLength(5);
      expect(said).toEqual(
        expect.arrayContaining([
          ['run begun', undefined, undefined],
          ['decision', key(somewhere, 'asg/web'), 'drawn'],
          ['decision', key(somewhere, 'asg/never'), 'probability-zero'],
          ['strike', key(somewhere, 'asg/web'), undefined],
          ['run ended', undefined, undefined],
        ]),
      );
      const [metrics, ...more] = lines.filter((line) => '_aws' in line);
      expect(metrics).toMatchObject({
        StrikesSucceeded: 1,
        StrikesFailed: 0,
        Failures: 0,
        GroupsSurveyed: 2,
      });
      expect(more).toEqual([]);
    });

    test('a request may choose the fault', async () => {
      const { fleet, proxy } = deployment();
      await fleet.group(somewhere, 'web', 3, alwaysStruck);
      const faults: readonly [NonNullable<RunRequestInput['fault']>, string][] = [
        ['ec2-reboot', 'ec2:RebootInstances'],
        ['ec2-terminate', 'ec2:TerminateInstances'],
        [
          { name: 'ec2-terminate', parameters: { via: 'autoscaling' } },
          'autoscaling:TerminateInstanceInAutoScalingGroup',
        ],
        // Last: moto's groups do not replace an instance that was stopped.
        ['ec2-stop', 'ec2:StopInstances'],
      ];
      for (const [fault, action] of faults) {
        const begun = proxy.calls.length;
        const { strikes } = await liveRun(deployment(), { fault });
        expect(strikes).toMatchObject([{ group: key(somewhere, 'asg/web'), outcome: 'succeeded' }]);
        expect(changes(proxy.calls.slice(begun))).toEqual([action]);
      }
    });

    test('what did not opt in is never touched, slot after slot', async () => {
      const { fleet } = deployment();
      const { 'chaos:opt-in': _, ...notOptedIn } = alwaysStruck;
      for (const place of [somewhere, { ...somewhere, region: 'eu-west-1' }]) {
        await fleet.group(place, 'alwaysStruck', 2, alwaysStruck);
        await fleet.group(place, 'not-opted-in', 2, notOptedIn);
        await fleet.group(place, 'opted-out', 2, { ...alwaysStruck, 'chaos:opt-in': 'false' });
        await fleet.group(place, 'instances-without-tags', 2, alwaysStruck, false);
        await fleet.group(place, 'never', 2, { 'chaos:opt-in': 'true' });
        await fleet.standalone(place, 2, { ...notOptedIn, 'chaos:group': 'not-opted-in' });
        await fleet.standalone(place, 2, alwaysStruck);
        await fleet.standalone(place, 2, {});
      }
      for (let slots = 0; slots < 4; slots += 1) {
        const losses = await fleet.lossesDuring(() => liveRun(deployment()));
        expect(losses).toEqual({
          [key(somewhere, 'asg/alwaysStruck')]: 1,
          [key({ ...somewhere, region: 'eu-west-1' }, 'asg/alwaysStruck')]: 1,
        });
      }
      const { decisions } = await liveRun(deployment());
      expect(
        Object.fromEntries(
          decisions.map(({ group, reason }) => [group.split('/').slice(1).join('/'), reason.code]),
        ),
      ).toEqual(
        Object.fromEntries(
          ['eu-west-1', 'us-east-1'].flatMap((region) => [
            [`${region}/asg/alwaysStruck`, 'drawn'],
            [`${region}/asg/instances-without-tags`, 'instance-not-opted-in'],
            [`${region}/asg/never`, 'probability-zero'],
          ]),
        ),
      );
    });

    test('the last instances of a standalone group stay', async () => {
      const { fleet } = deployment();
      await fleet.standalone(somewhere, 3, { ...alwaysStruck, 'chaos:group': 'db' });
      const group = key(somewhere, 'tag/db');
      expect(await fleet.lossesDuring(() => liveRun(deployment()))).toEqual({ [group]: 1 });
      expect(await fleet.lossesDuring(() => liveRun(deployment()))).toEqual({ [group]: 1 });
      expect(await fleet.lossesDuring(() => liveRun(deployment()))).toEqual({});
      const { counts } = await liveRun(deployment());
      expect(counts.spared).toEqual({ 'too-few-healthy': 1 });
    });

    test('a POST strikes what it names, and is leashed unless it says otherwise', async () => {
      const { fleet } = deployment();
      await Promise.all(places.map((place) => fleet.group(place, 'web', 2, alwaysStruck)));
      const post = async (body: object) => {
        const answer = (await deployment()
          .monkey()
          .invoke(apiEvent(JSON.stringify(body)))) as {
          readonly statusCode: number;
          readonly body: string;
        };
        expect(answer.statusCode).toBe(200);
        return parse(RunReport, JSON.parse(answer.body), 'answer of the API');
      };
      expect(await fleet.lossesDuring(() => post({}))).toEqual({});
      expect(
        await fleet.lossesDuring(async () => {
          const report = await post({
            dryRun: false,
            accounts: [somewhere.account],
            regions: [somewhere.region],
          });
          expect(report).toMatchObject({ trigger: 'api', mode: 'live', counts: { succeeded: 1 } });
        }),
      ).toEqual({ [key(somewhere, 'asg/web')]: 1 });
    });

    test('a request that is not valid does nothing and says where the mistake is', async () => {
      const { fleet } = deployment();
      await fleet.group(somewhere, 'web', 2, alwaysStruck);
      const begun = deployment().proxy.calls.length;
      const monkey = deployment().monkey();
      const losses = await fleet.lossesDuring(async () => {
        await expect(monkey.invoke({ dryRun: false, acounts: [somewhere.account] })).rejects.toMatchObject({
          errorType: 'InvalidInput',
          message: expect.stringContaining('acounts: unknown key'),
        });
        expect(
          await monkey.invoke(apiEvent('{"dryRun": false, "accounts": ["222222222222", "999999999999"]}')),
        ).toMatchObject({ statusCode: 400, body: expect.stringContaining('accounts[1]') });
        expect(await monkey.invoke(apiEvent('{"dryRun": false'))).toMatchObject({ statusCode: 400 });
      });
      expect(losses).toEqual({});
      expect(deployment().proxy.calls.slice(begun)).toEqual([]);
    });

    test('a dry run tells what it would do and touches nothing', async () => {
      const { fleet, proxy } = deployment();
      await fleet.group(somewhere, 'web', 2, alwaysStruck);
      const begun = proxy.calls.length;
      const losses = await fleet.lossesDuring(async () => {
        const report = await reportOf(deployment().monkey(), {});
        expect(report).toMatchObject({ mode: 'leashed', counts: { leashed: 1, succeeded: 0 } });
        expect(report.strikes).toMatchObject([{ group: key(somewhere, 'asg/web'), outcome: 'leashed' }]);
      });
      expect(losses).toEqual({});
      expect(changes(proxy.calls.slice(begun))).toEqual([]);
    });

    test('deployed with leashed: true, nothing is touched, whatever is asked', async () => {
      const { fleet, proxy } = deployment();
      await fleet.group(somewhere, 'web', 2, alwaysStruck);
      await deployment().deploy({ leashed: true });
      try {
        const begun = proxy.calls.length;
        const event = await scheduledEvent(deployment(), deployment().slot());
        const losses = await fleet.lossesDuring(async () => {
          expect(await reportOf(deployment().monkey(), event)).toMatchObject({ mode: 'leashed' });
          const { mode, leashedBecause, counts } = await liveRun(deployment(), { force: true });
          expect({ mode, counts }).toMatchObject({ mode: 'leashed', counts: { leashed: 1 } });
          expect(leashedBecause).toContain('leashed: true');
        });
        expect(losses).toEqual({});
        expect(changes(proxy.calls.slice(begun))).toEqual([]);
      } finally {
        await deployment().deploy({ leashed: false });
      }
      expect(await fleet.lossesDuring(() => liveRun(deployment()))).toEqual({
        [key(somewhere, 'asg/web')]: 1,
      });
    });
  });
}

/** Calls to the fleet's services that are no mere look. */
function changes(calls: readonly string[]): readonly string[] {
  return calls.filter((call) => /^(ec2|autoscaling):(?!Describe)/.test(call));
}
