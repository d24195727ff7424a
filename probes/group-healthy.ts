import * as z from 'zod';
import type { Probe } from '#core/ports/probe.ts';

const aKey = 'expected the key of a group, such as "111122223333/eu-west-1/asg/web"';
const anAmount = 'expected a number of targets, or a share such as "50%"';

const Parameters = z.strictObject({
  group: z
    .string(aKey)
    .regex(/^\d{12}\/[a-z0-9-]+\/[a-z0-9-]+\/.+$/s, aKey)
    .describe('The group, as reports name it.'),
  atLeast: z
    .union(
      [z.int(anAmount).min(1, anAmount), z.string(anAmount).regex(/^(100|\d{1,2}(\.\d+)?)%$/, anAmount)],
      anAmount,
    )
    .describe('How many of its targets must be healthy, as a number or as a share of its desired capacity.'),
});
type Parameters = z.infer<typeof Parameters>;

export const groupHealthy: Probe<Parameters> = {
  type: 'group-healthy',
  summary: 'A group of targets: bad while too few of them are healthy.',
  measures: 'state',
  unit: 'healthy',
  parameters: Parameters,
  leastEveryMs: 5_000,
  settlesMs: 0,
  // The kind of group has those that its health takes.
  permissions: [],
  what: ({ group, atLeast }) => `at least ${atLeast} of ${group} healthy`,
  open: async ({ group, atLeast }, means) => ({
    measure: async () => {
      const health = await means.health(group);
      if (health === undefined) return { is: 'unmeasured', detail: 'no such group' };
      const { healthy, desired } = health;
      const wanted = typeof atLeast === 'number' ? atLeast : (desired * Number(atLeast.slice(0, -1))) / 100;
      if (healthy >= wanted) return { is: 'good', value: healthy };
      return { is: 'bad', value: healthy, detail: `${healthy} of ${desired} healthy` };
    },
    close: async () => {},
  }),
};
