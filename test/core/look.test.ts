import { describe, expect, test } from 'vitest';
import { decideGroup, type Grounds } from '#core/decide.ts';
import { DeadlineReached } from '#core/errors.ts';
import type { Group } from '#core/group.ts';
import { considerDrawn } from '#core/look.ts';
import type { Fleet, Ledger, Standing } from '#core/ports.ts';
import { aGrounds } from '../support/a-grounds.ts';
import { aGroup, aMember } from '../support/a-group.ts';
import { aLooked, aStanding } from '../support/a-guard-context.ts';
import { aRun } from '../support/a-run.ts';
import { aWorld } from '../support/a-world.ts';

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

/** What is considered of these groups, in a world of which some ports do otherwise. */
async function consider(
  groups: readonly Group[],
  ports: { readonly fleet?: Partial<Fleet>; readonly ledger?: Partial<Ledger> } = {},
  grounds: Grounds = aGrounds(),
) {
  const world = aWorld({ groups });
  const decided = groups.map((group) => decideGroup(group, grounds));
  const considered = await considerDrawn(decided, grounds, aRun(world), {
    fleet: { ...world.fleet, ...ports.fleet },
    ledger: { ...world.ledger, ...ports.ledger },
  });
  return { ...considered, events: world.events };
}

describe('considerDrawn', () => {
  test('looks up only groups that were drawn and that no guard has spared', async () => {
    const asked: (readonly string[])[] = [];
    const { found, events } = await consider([web, lonely, api], {
      ledger: {
        standings: async (groups) => {
          asked.push(groups);
          return new Map(groups.map((group) => [group, aStanding()]));
        },
      },
    });
    expect(events).toEqual(['inspect web,api']);
    expect(asked).toEqual([[web.key, api.key]]);
    expect(found.map(({ drawn, order }) => [drawn.group.key, order !== undefined])).toEqual([
      [web.key, true],
      [api.key, true],
    ]);
  });

  test('asks nothing where nothing was drawn', async () => {
    expect(await consider([lonely])).toEqual({ found: [], failures: [], events: [] });
  });

  test('a group that could not be looked up is spared, and keeps its draw; the failure is told', async () => {
    const failures = [{ stage: 'inspect', code: 'Throttling', message: 'slow down' } as const];
    const { found, ...rest } = await consider([web, api], {
      fleet: { inspect: async () => ({ found: new Map([[api.key, aLooked(api)]]), failures }) },
    });
    expect(rest.failures).toEqual(failures);
    expect(found[0]).toMatchObject({
      lookedUp: undefined,
      order: undefined,
      decision: {
        verdict: 'spare',
        reason: { code: 'not-inspected', text: 'its instances could not be looked up' },
        drawn: expect.any(Number),
      },
    });
    expect(found[1]?.decision.verdict).toBe('strike');
  });

  test.each<[string, () => Promise<ReadonlyMap<string, Standing>>, string]>([
    ['cannot be read', async () => Promise.reject(new Error('table gone')), 'table gone'],
    ['does not answer for a group', async () => new Map(), 'the ledger did not answer for it'],
  ])('where the ledger %s, it is spared', async (_, standings, why) => {
    const { found, failures } = await consider([web], { ledger: { standings } });
    expect(found[0]?.order).toBeUndefined();
    expect(found[0]?.decision.reason).toEqual({ code: 'vetoed', text: `could not be checked: ${why}` });
    // The reason says it; a failure beside it would say it again.
    expect(failures).toEqual([]);
  });

  describe('whether an instance is protected', () => {
    const asking = async (
      isProtected: (id: string) => Promise<boolean>,
      grounds?: Grounds,
      group: Group = web,
    ) => {
      const asked: string[] = [];
      const { found } = await consider(
        [group],
        {
          fleet: {
            isProtected: async ({ instanceId }) => {
              asked.push(instanceId);
              return isProtected(instanceId);
            },
          },
        },
        grounds,
      );
      return { asked, considered: found[0], victim: found[0]?.order?.target.instanceId };
    };

    test('is asked of the one that was chosen', async () => {
      const { asked, victim, considered } = await asking(async () => false);
      expect(asked).toEqual([victim]);
      expect(considered?.lookedUp?.protections).toEqual(new Map([[victim, { known: false }]]));
    });

    test('of the next one if it is, until one is not', async () => {
      const first = (await asking(async () => false)).victim;
      const { asked, victim } = await asking(async (id) => id === first);
      expect(asked).toEqual([first, victim]);
      expect(victim).not.toBe(first);
    });

    test('of each once if all are', async () => {
      const { asked, considered } = await asking(async () => true);
      expect(asked.toSorted()).toEqual(['i-web-a', 'i-web-b', 'i-web-c']);
      expect(considered?.order).toBeUndefined();
      expect(considered?.decision.reason.code).toBe('termination-protected');
    });

    test('counts as protected where it cannot be told', async () => {
      const { asked, considered } = await asking(async () => Promise.reject(new Error('AccessDenied')));
      expect(asked).toHaveLength(1);
      expect(considered?.order).toBeUndefined();
      expect(considered?.decision).toMatchObject({
        verdict: 'spare',
        reason: { code: 'termination-protected', text: `${asked[0]}: could not be checked: AccessDenied` },
      });
    });

    test('is asked of five at most: then the group is spared', async () => {
      const { asked, considered } = await asking(async () => true, undefined, wide);
      expect(asked).toHaveLength(5);
      expect(considered?.order).toBeUndefined();
      expect(considered?.decision).toMatchObject({
        verdict: 'spare',
        reason: {
          code: 'termination-protected',
          text: '5 instances asked are protected from termination, and no more are asked',
        },
      });
    });

    test('is asked of the fifth as well', async () => {
      const asked: string[] = [];
      const { victim } = await asking(async (id) => asked.push(id) < 5, undefined, wide);
      expect(victim).toBe(asked[4]);
    });

    test('is not known of a group that time does not reach: it has not been looked up', async () => {
      const { considered } = await asking(async () => Promise.reject(new DeadlineReached('look')));
      expect(considered).toMatchObject({
        lookedUp: undefined,
        order: undefined,
        decision: { reason: { code: 'not-inspected', text: 'no time was left to look it up' } },
      });
    });

    test('is not asked where a guard spares the group anyway', async () => {
      const { asked } = await asking(async () => false, aGrounds({ open: { unknown: 'table gone' } }));
      expect(asked).toEqual([]);
    });
  });
});
