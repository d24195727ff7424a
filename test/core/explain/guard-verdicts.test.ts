import { describe, expect, test } from 'vitest';
import { guardVerdicts } from '#core/explain/guard-verdicts.ts';
import { selectGuards } from '#core/guards/guard.ts';
import type { ChosenFault } from '#core/model/fault.ts';
import type { Refusal } from '#core/model/group-record.ts';
import type { InstanceGroup, InstanceInspection, Protection } from '#targets/instances/model.ts';
import { aDecisionContext } from '../../support/a-decision-context.ts';
import { aGroup, aMember, inspectionOf } from '../../support/a-group.ts';
import { aGroupRecord, aLedgerState, anInspection } from '../../support/a-guard-context.ts';
import { aRun } from '../../support/a-run.ts';
import { aWorld } from '../../support/a-world.ts';
import { guards } from '../../support/every-guard.ts';

const rate = { mode: 'probability', probability: 1 } as const;
const [listing, onLedger] = [selectGuards(guards, 'listing'), selectGuards(guards, 'ledger')];
const codes = (guards: readonly { readonly code: string }[]) => guards.map(({ code }) => code);

/** All that guards say of a group, and which instances were asked about. */
async function explained(
  group: InstanceGroup,
  inspection: InstanceInspection | 'not inspected' = anInspection(group),
  protections: () => Promise<readonly Protection[]> = async () => [],
  fault: ChosenFault = { name: 'ec2-terminate', parameters: { via: 'ec2' } },
  refusedToday: readonly Refusal[] = [],
) {
  const world = aWorld();
  const asked: string[] = [];
  const fleet = {
    ...world.fleet,
    protectionsOf: async ({ id }: { readonly id: string }) => {
      asked.push(id);
      return protections();
    },
  };
  const record = aGroupRecord({ refusals: { day: '2026-11-23', of: refusedToday } });
  const verdicts = await guardVerdicts(
    group,
    { rate, fault },
    {
      ledger: aLedgerState({ record: { ok: true, value: record } }),
      inspection: inspection === 'not inspected' ? undefined : inspection,
    },
    aDecisionContext(),
    { run: aRun(world), fleet },
  );
  const of = (code: string) => verdicts.filter((one) => one.code === code);
  return { verdicts, of, asked };
}

describe('guardVerdicts', () => {
  test('says what every guard saw, in their order, and of each instance which it is', async () => {
    const { verdicts } = await explained(aGroup());
    expect(verdicts.map(({ code, targetId }) => [code, targetId])).toEqual([
      ...codes([...listing, ...onLedger, ...selectGuards(guards, 'inspection')]).map((code) => [
        code,
        undefined,
      ]),
      ...['i-web-a', 'i-web-b', 'i-web-c'].flatMap((id) =>
        codes(selectGuards(guards, 'candidate', 'target', 'protection')).map((code) => [code, id]),
      ),
    ]);
    expect(verdicts.filter(({ passes }) => !passes)).toEqual([]);
  });

  test('goes on after one that refuses', async () => {
    const { verdicts } = await explained(aGroup({ tags: {}, desired: 9 }));
    const refused = verdicts.filter(({ passes }) => !passes);
    expect(codes(refused)).toEqual(['not-opted-in', 'group-degraded']);
    expect(verdicts.length).toBeGreaterThan(20);
  });

  test('takes EC2’s word for what runs', async () => {
    const group = aGroup();
    const inspection = anInspection(group, { instances: inspectionOf(group, () => ({ state: 'stopped' })) });
    const { of, asked } = await explained(group, inspection);
    expect(of('too-few-healthy')).toEqual([
      { code: 'too-few-healthy', passes: false, saw: '0 healthy, at least 2 needed' },
    ]);
    expect(of('instance-not-in-service')[0]).toMatchObject({
      targetId: 'i-web-a',
      passes: false,
      saw: 'InService/Healthy, but stopped in EC2',
    });
    expect(asked).toEqual([]);
  });

  test('without an inspection, says what the listing shows and what the ledger has', async () => {
    const { verdicts, asked } = await explained(aGroup({ desired: 9 }), 'not inspected');
    expect(codes(verdicts)).toEqual(codes([...listing, ...onLedger]));
    expect(codes(verdicts.filter(({ passes }) => !passes))).toEqual(['group-degraded']);
    expect(asked).toEqual([]);
  });

  test('says of each instance that the fault cannot be done to it', async () => {
    const group = aGroup({ kind: 'tag' });
    const viaGroup = { name: 'ec2-terminate', parameters: { via: 'autoscaling' } };
    const { of } = await explained(group, anInspection(group), undefined, viaGroup);
    expect(of('fault-unfit')).toEqual(
      ['i-web-a', 'i-web-b', 'i-web-c'].map((targetId) => ({
        code: 'fault-unfit',
        passes: false,
        saw: expect.stringMatching(/^ec2-terminate: /),
        targetId,
      })),
    );
  });

  test('asks of healthy instances whether they are protected, and says where that cannot be told', async () => {
    const protectedOnes = await explained(aGroup(), anInspection(), async () => ['termination', 'stop']);
    expect(protectedOnes.asked).toEqual(['i-web-a', 'i-web-b', 'i-web-c']);
    expect(protectedOnes.of('termination-protected').map(({ saw }) => saw)).toEqual(
      Array.from({ length: 3 }, () => 'protected from termination'),
    );
    expect(protectedOnes.of('stop-protected').map(({ saw }) => saw)).toEqual(
      Array.from({ length: 3 }, () => 'protected from stop'),
    );
    const denied = await explained(aGroup(), anInspection(), async () =>
      Promise.reject(new Error('AccessDenied')),
    );
    expect(denied.of('termination-protected')[0]).toMatchObject({
      passes: false,
      saw: 'could not be checked: AccessDenied',
    });
  });

  test('asks of no instance that has not opted in, as it may not, nor of one that EC2 does not know', async () => {
    const group = aGroup();
    const [first, ...others] = inspectionOf(group, ({ instanceId }) =>
      instanceId === 'i-web-b' ? { tags: {} } : {},
    );
    const { asked, of } = await explained(group, anInspection(group, { instances: others }));
    expect(first?.instanceId).toBe('i-web-a');
    expect(asked).toEqual(['i-web-c']);
    expect(of('instance-not-opted-in').map(({ passes }) => passes)).toEqual([false, false, true]);
  });

  test('asks of twenty at most: of the others it says that it did not', async () => {
    const group = aGroup({
      members: Array.from({ length: 25 }, (_, n) => aMember({ instanceId: `i-${n}` })),
    });
    const { asked, of } = await explained(group);
    expect(asked).toHaveLength(20);
    expect(of('termination-protected').filter(({ saw }) => saw === 'not read yet')).toHaveLength(5);
  });

  test('says of which instances AWS refused a strike today, and which the fault can never be done to', async () => {
    const group = aGroup();
    const instances = inspectionOf(group, ({ instanceId }) =>
      instanceId === 'i-web-c' ? { purchase: 'spot' } : {},
    );
    const { of } = await explained(
      group,
      anInspection(group, { instances }),
      async () => [],
      { name: 'ec2-stop', parameters: {} },
      [{ targetId: 'i-web-b', detail: 'OperationNotPermitted: no' }],
    );
    expect(of('strike-refused')).toEqual([
      {
        code: 'strike-refused',
        targetId: 'i-web-b',
        passes: false,
        saw: 'AWS refused a strike on it today: OperationNotPermitted: no',
      },
    ]);
    expect(of('fault-unfit').map(({ targetId }) => targetId)).toEqual(['i-web-c']);
  });
});
