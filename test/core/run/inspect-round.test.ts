import { describe, expect, test } from 'vitest';
import { evaluate } from '#core/decide/evaluate.ts';
import { failure } from '#core/model/failure.ts';
import type { Group } from '#core/model/group.ts';
import { inspectRound } from '#core/run/inspect-round.ts';
import type { InstanceGroup } from '#targets/instances/model.ts';
import { aDecisionContext } from '../../support/a-decision-context.ts';
import { aGroup } from '../../support/a-group.ts';
import { aRun } from '../../support/a-run.ts';
import { aWorld } from '../../support/a-world.ts';

const regions = ['eu-west-1', 'us-east-1', 'ap-south-1'];
/** As they are drawn: from all over. */
const groups = Array.from({ length: 1_200 }, (_, index) =>
  aGroup({ name: `g${index}`, region: regions[index % 3] ?? '' }),
);

/** What is inspected of them, and how many groups are inspected and not yet recorded, at each inspection. */
async function inspected(drawn: readonly InstanceGroup[] = groups) {
  const context = aDecisionContext();
  const world = aWorld({ groups: drawn });
  const asked: (readonly Group[])[] = [];
  const unrecorded: number[] = [];
  let recordings = 0;
  const recorded: string[] = [];
  const found = await inspectRound(
    drawn.map((group) => ({ group, decision: evaluate(group, {}, context).decision })),
    context,
    aRun(world),
    {
      add: (evaluated) => {
        recordings += evaluated.length;
        for (const { group, evidence } of evaluated) if (evidence.inspection) recorded.push(group.key);
      },
    },
    {
      ledger: world.ledger,
      fleet: {
        ...world.fleet,
        inspect: async (some, run) => {
          asked.push(some);
          unrecorded.push(asked.flat().length - recordings);
          const message = String(asked.length);
          const { value } = await world.fleet.inspect(some, run);
          return { value, failures: [failure('inspect', new Error(message))] };
        },
      },
    },
  );
  return { ...found, asked, unrecorded, recorded };
}

describe('inspectRound', () => {
  test('holds what was seen of 500 groups at most: it is recorded before the next are inspected', async () => {
    const { asked, unrecorded, recorded, failures } = await inspected();
    expect(asked.map((some) => some.length)).toEqual([250, 250, 250, 250, 200]);
    expect(Math.max(...unrecorded)).toBe(500);
    expect(recorded.toSorted()).toEqual(groups.map(({ key }) => key).toSorted());
    expect(failures.map(({ message }) => message)).toEqual(['1', '2', '3', '4', '5']);
  });

  test('asks about the groups of an account and region together, as they share calls', async () => {
    const { asked } = await inspected();
    expect(asked.map((some) => [...new Set(some.map(({ region }) => region))])).toEqual([
      ['eu-west-1'],
      ['eu-west-1', 'us-east-1'],
      ['us-east-1'],
      ['us-east-1', 'ap-south-1'],
      ['ap-south-1'],
    ]);
  });

  test('tells in the order drawn what is to be struck, and no more of each group than that', async () => {
    const { value } = await inspected();
    expect(value.map(({ group }) => group.key)).toEqual(groups.map(({ key }) => key));
    for (const one of value) {
      expect(Object.keys(one)).toEqual(['group', 'decision', 'order']);
      expect(one.order?.target.group).toBe(one.group.key);
    }
  });
});
