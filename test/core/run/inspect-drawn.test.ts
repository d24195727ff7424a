import { describe, expect, test, vi } from 'vitest';
import type { DecisionContext } from '#core/decide/decision-context.ts';
import { evaluate } from '#core/decide/evaluate.ts';
import type { Budget } from '#core/model/budget.ts';
import { DeadlineReached } from '#core/model/failure.ts';
import type { Fleet } from '#core/ports/fleet.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import { inspectDrawn } from '#core/run/inspect-drawn.ts';
import type { InstanceGroup, Protection } from '#targets/instances/model.ts';
import { aConfig } from '../../support/a-config.ts';
import { aDecisionContext } from '../../support/a-decision-context.ts';
import { aGroup, aMember } from '../../support/a-group.ts';
import { aGroupRecord, anInspection, aStrikeEntry } from '../../support/a-guard-context.ts';
import { aRun } from '../../support/a-run.ts';
import { aWorld } from '../../support/a-world.ts';
import { readable } from '../../support/readable.ts';

const [web, api, lonely] = [
  aGroup({ name: 'web' }),
  aGroup({ name: 'api' }),
  aGroup({ name: 'lonely', desired: 9 }),
];
const wide = aGroup({
  name: 'wide',
  desired: 9,
  members: Array.from({ length: 9 }, (_, index) => aMember({ instanceId: `i-wide-${index}` })),
});

/** What is inspected of these groups, in a world of which some ports do otherwise. */
async function inspected(
  groups: readonly InstanceGroup[],
  ports: { readonly fleet?: Partial<Fleet>; readonly ledger?: Partial<Ledger> } = {},
  context: DecisionContext = aDecisionContext(),
) {
  const world = aWorld({ groups });
  const drawn = groups.flatMap((group) => {
    const { decision, missing } = evaluate(group, {}, context);
    return missing === undefined ? [] : [{ group, decision }];
  });
  const found = await inspectDrawn(drawn, context, aRun(world), {
    fleet: { ...world.fleet, ...ports.fleet },
    ledger: { ...world.ledger, ...ports.ledger },
  });
  return { ...found, events: world.events };
}

describe('inspectDrawn', () => {
  test('looks up only groups that were drawn and that no guard has spared', async () => {
    const asked: (readonly string[])[] = [];
    const { value: found, events } = await inspected([web, lonely, api], {
      ledger: {
        groupRecords: async (groups) => {
          asked.push(groups);
          return readable(new Map(groups.map((group) => [group, aGroupRecord()])));
        },
      },
    });
    expect(events).toEqual(['inspect web,api']);
    expect(asked).toEqual([[web.key, api.key]]);
    expect(found.map(({ group, order }) => [group.key, order !== undefined])).toEqual([
      [web.key, true],
      [api.key, true],
    ]);
  });

  test('looks up no group that the ledger has something against', async () => {
    const leash = { reason: 'flaky', by: 'ann', at: '2026-11-20T09:00:00Z' };
    const leashed = new Map([
      [web.key, aGroupRecord({ leash })],
      [api.key, aGroupRecord()],
    ]);
    const { value: found, events } = await inspected([web, api], {
      ledger: { groupRecords: async () => readable(leashed) },
    });
    expect(events).toEqual(['inspect api']);
    expect(
      found.map(({ group, decision, evidence }) => [group.name, decision.reason.code, evidence.inspection]),
    ).toEqual([
      ['web', 'leashed-group', undefined],
      ['api', 'drawn', expect.anything()],
    ]);
    expect(found[0]).toMatchObject({
      evidence: { ledger: { record: { ok: true, value: { leash } } } },
      decision: { verdict: 'spare', drawn: expect.any(Number) },
    });
  });

  test('looks up nothing at all where the ledger spares every group', async () => {
    const usage = async (budgets: readonly Budget[]) => readable(budgets.map(() => 5));
    const config = aConfig({ budgets: { perDay: { organization: 5 } } });
    const {
      value: found,
      events,
      failures,
    } = await inspected([web, api], { ledger: { usage } }, aDecisionContext({ config }));
    expect(events).toEqual([]);
    expect(failures).toEqual([]);
    expect(found.map(({ decision }) => decision.reason)).toEqual(
      Array.from({ length: 2 }, () => ({
        code: 'budget-exhausted',
        text: 'budget exhausted: at most 5 strikes on 2026-11-23 for the organization',
      })),
    );
  });

  test('asks once for a budget that groups share, and not for what the open strikes tell of a group', async () => {
    const asked: string[] = [];
    const config = aConfig({
      budgets: { perDay: { organization: 5, group: 1 }, unverified: { account: 3, group: 2 } },
    });
    const { value: found } = await inspected(
      [web, api],
      {
        ledger: {
          usage: async (budgets) => {
            asked.push(...budgets.map(({ scope, of, over }) => `${scope} ${of} ${over}`));
            return readable(budgets.map((_, index) => index));
          },
        },
      },
      aDecisionContext({
        config,
        open: { ok: true, value: [aStrikeEntry({ group: web.key }), aStrikeEntry({ group: 'other' })] },
      }),
    );
    expect(asked).toEqual([
      'organization  2026-11-23',
      `group ${web.key} 2026-11-23`,
      'account 222222222222 unverified',
      `group ${api.key} 2026-11-23`,
    ]);
    const usedOf = (index: number) => {
      const budgets = found[index]?.evidence.ledger?.budgets;
      return budgets?.ok ? budgets.value.map(({ scope, over, used }) => `${scope} ${over}: ${used}`) : [];
    };
    const open = 'unverified';
    // Of web's second day budget nothing is left; its one open strike is known from the list.
    expect(found.map(({ group }) => group.name)).toEqual(['web', 'api']);
    expect(usedOf(0)).toEqual([
      'organization 2026-11-23: 0',
      'group 2026-11-23: 1',
      `account ${open}: 2`,
      `group ${open}: 1`,
    ]);
    expect(usedOf(1)).toEqual([
      'organization 2026-11-23: 0',
      'group 2026-11-23: 3',
      `account ${open}: 2`,
      `group ${open}: 0`,
    ]);
  });

  test('asks nothing where nothing was drawn', async () => {
    const groupRecords = vi.fn(async () => readable(new Map()));
    expect(await inspected([lonely], { ledger: { groupRecords } })).toEqual({
      value: [],
      failures: [],
      events: [],
    });
    expect(groupRecords).not.toHaveBeenCalled();
  });

  test('a group that could not be looked up is spared, and keeps its draw; the failure is told', async () => {
    const failures = [{ stage: 'inspect', code: 'Throttling', message: 'slow down' } as const];
    const { value: found, ...rest } = await inspected([web, api], {
      fleet: { inspect: async () => ({ value: new Map([[api.key, anInspection(api)]]), failures }) },
    });
    expect(rest.failures).toEqual(failures);
    expect(found[0]).toMatchObject({
      decision: {
        verdict: 'spare',
        reason: { code: 'not-inspected', text: 'it could not be inspected' },
        drawn: expect.any(Number),
      },
    });
    expect(found[0]?.order).toBeUndefined();
    expect(found[0]?.evidence.inspection).toBeUndefined();
    expect(found[0]?.evidence.ledger).toEqual({
      record: { ok: true, value: aGroupRecord() },
      budgets: expect.anything(),
    });
    expect(found[1]?.decision.verdict).toBe('strike');
  });

  test.each<[string, Ledger['groupRecords'], string]>([
    ['cannot be read', async () => Promise.reject(new Error('table gone')), 'table gone'],
    ['does not answer for a group', async () => readable(new Map()), 'the ledger did not answer for it'],
  ])('where the ledger %s, it is spared', async (_, groupRecords, why) => {
    const { value: found, failures } = await inspected([web], { ledger: { groupRecords } });
    expect(found[0]?.order).toBeUndefined();
    expect(found[0]?.decision.reason).toEqual({ code: 'vetoed', text: `could not be checked: ${why}` });
    // The reason says it; a failure beside it would say it again.
    expect(failures).toEqual([]);
  });

  test('where the budgets cannot be read, it is spared', async () => {
    const config = aConfig({ budgets: { perDay: { organization: 5 } } });
    const usage = async () => Promise.reject(new Error('table gone'));
    const {
      value: found,
      failures,
      events,
    } = await inspected([web], { ledger: { usage } }, aDecisionContext({ config }));
    expect(found[0]?.order).toBeUndefined();
    expect(found[0]?.decision.reason).toEqual({
      code: 'budget-exhausted',
      text: 'could not be checked: table gone',
    });
    expect(failures).toEqual([]);
    expect(events).toEqual([]);
  });

  describe('whether an instance is protected', () => {
    const asking = async (
      protections: (id: string) => Promise<readonly Protection[]>,
      context?: DecisionContext,
      group: InstanceGroup = web,
    ) => {
      const asked: string[] = [];
      const { value: found, failures } = await inspected(
        [group],
        {
          fleet: {
            protectionsOf: async ({ id }) => {
              asked.push(id);
              return protections(id);
            },
          },
        },
        context,
      );
      return { asked, failures, one: found[0], victim: found[0]?.order?.target.id };
    };

    test('is asked of the one that was chosen', async () => {
      const { asked, victim, one } = await asking(async () => []);
      expect(asked).toEqual([victim]);
      expect(one?.evidence.protections).toEqual(new Map([[victim, { ok: true, value: [] }]]));
    });

    test('of the next one if it is, until one is not', async () => {
      const first = (await asking(async () => [])).victim;
      const { asked, victim } = await asking(async (id) => (id === first ? ['stop'] : []));
      expect(asked).toEqual([first, victim]);
      expect(victim).not.toBe(first);
    });

    test('of each once if all are', async () => {
      const { asked, one } = await asking(async () => ['termination']);
      expect(asked.toSorted()).toEqual(['i-web-a', 'i-web-b', 'i-web-c']);
      expect(one?.order).toBeUndefined();
      expect(one?.decision.reason.code).toBe('termination-protected');
    });

    test('counts as protected where it cannot be told', async () => {
      const { asked, one } = await asking(async () => Promise.reject(new Error('AccessDenied')));
      expect(asked).toHaveLength(1);
      expect(one?.order).toBeUndefined();
      expect(one?.decision).toMatchObject({
        verdict: 'spare',
        reason: { code: 'termination-protected', text: `${asked[0]}: could not be checked: AccessDenied` },
      });
    });

    test('is asked of five at most: then the group is spared', async () => {
      const { asked, one } = await asking(async () => ['termination'], undefined, wide);
      expect(asked).toHaveLength(5);
      expect(one?.order).toBeUndefined();
      expect(one?.decision).toMatchObject({
        verdict: 'spare',
        reason: {
          code: 'termination-protected',
          text: 'the 5 targets checked are protected from termination, and no more are checked',
        },
      });
    });

    test.each<[string, readonly Protection[], string, string]>([
      ['stop', ['stop'], 'stop-protected', 'stop'],
      ['both', ['termination', 'stop'], 'termination-protected', 'stop or termination'],
    ])('protected from %s, they are named as such', async (_, known, code, from) => {
      const { one } = await asking(async () => known, undefined, wide);
      expect(one?.decision.reason).toEqual({
        code,
        text: `the 5 targets checked are protected from ${from}, and no more are checked`,
      });
    });

    test('is asked of the fifth as well', async () => {
      const asked: string[] = [];
      const { victim } = await asking(async (id) => (asked.push(id) < 5 ? ['stop'] : []), undefined, wide);
      expect(victim).toBe(asked[4]);
    });

    test('is not known of a group that time does not reach: it has not been looked up', async () => {
      const { one, failures } = await asking(async () => Promise.reject(new DeadlineReached('look')));
      expect(one?.order).toBeUndefined();
      expect(one).toMatchObject({
        decision: { reason: { code: 'not-inspected', text: 'no time was left to inspect it' } },
      });
      expect(one?.evidence.inspection).toBeUndefined();
      expect(failures).toEqual([
        {
          stage: 'inspect',
          code: 'DeadlineReached',
          message: 'no time was left to ask whether targets of 1 group are protected',
        },
      ]);
    });

    test('is not asked where a guard spares the group anyway', async () => {
      const { asked } = await asking(
        async () => [],
        aDecisionContext({ open: { ok: false, reason: 'table gone' } }),
      );
      expect(asked).toEqual([]);
    });
  });
});
