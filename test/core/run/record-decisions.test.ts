import { describe, expect, test } from 'vitest';
import { decideGroup } from '#core/decide/decide-group.ts';
import { drawnOf, inspectDrawn } from '#core/run/inspect-drawn.ts';
import { recordingOf } from '#core/run/record-decisions.ts';
import { available } from '#core/util/lookup.ts';
import { aConfig } from '../../support/a-config.ts';
import { aGrounds } from '../../support/a-grounds.ts';
import { aGroup } from '../../support/a-group.ts';
import { aGroupRecord, aLooked, aStrikeEntry } from '../../support/a-guard-context.ts';
import { aRun } from '../../support/a-run.ts';
import { aWorld } from '../../support/a-world.ts';

const tags = { 'chaos:opt-in': 'true', 'chaos:probability': '0.0000001' };
const [web, unlucky, degraded, lost] = [
  aGroup({ name: 'web' }),
  aGroup({ name: 'unlucky', tags }),
  aGroup({ name: 'degraded', desired: 9 }),
  aGroup({ name: 'lost' }),
];
const open = available([aStrikeEntry({ group: 'another' })]);

async function recorded() {
  const world = aWorld({ config: aConfig() });
  const started = aRun(world, {
    slot: '2026-11-23T09:00:00Z',
    groups: ['web', 'unlucky', 'degraded', 'lost'],
  });
  const grounds = aGrounds({ config: world.config, open });
  const decided = [web, unlucky, degraded, lost].map((group) => decideGroup(group, grounds));
  const inspect = async () => ({ value: new Map([[web.key, aLooked(web)]]), failures: [] });
  const { value: found } = await inspectDrawn(drawnOf(decided), grounds, started, {
    ...world,
    fleet: { ...world.fleet, inspect },
  });
  const now = grounds.context.now;
  const recording = recordingOf(started, { config: world.config, now, open, unreadable: [] }, decided, found);
  return { recording, world, started, found };
}
const groupOf = async (name: string) =>
  (await recorded()).recording.groups.find(({ group }) => group.name === name);

describe('recordingOf', () => {
  test('keeps what all decisions of the run were made from', async () => {
    const { recording, world, started } = await recorded();
    expect(recording).toMatchObject({
      schemaVersion: 2,
      runId: started.runId,
      slot: { id: '2026-11-23T09:00:00Z', at: Date.parse('2026-11-23T09:00:00Z') },
      now: Date.parse('2026-11-23T09:00:00Z'),
      config: world.config,
      request: started.request,
      open,
    });
    expect(recording.groups.map(({ group }) => group.name).toSorted()).toEqual([
      'degraded',
      'lost',
      'unlucky',
      'web',
    ]);
    expect(JSON.stringify(recording)).not.toContain('ab'.repeat(32));
  });

  test('of a group that was not drawn: what the draw was made from, and no members', async () => {
    expect(await groupOf('unlucky')).toEqual({
      group: { ...unlucky, arn: undefined, members: [] },
      decision: expect.objectContaining({ reason: expect.objectContaining({ code: 'not-drawn' }) }),
    });
  });

  test('of a group that guards spared on the listing: all that they saw', async () => {
    expect(await groupOf('degraded')).toEqual({
      group: degraded,
      decision: expect.objectContaining({ reason: expect.objectContaining({ code: 'group-degraded' }) }),
    });
  });

  test('of a group that was looked up: what was seen, what stood about it, and what was chosen', async () => {
    const { found } = await recorded();
    const targetId = found[0]?.order?.target.id;
    expect(await groupOf('web')).toEqual({
      group: web,
      decision: expect.objectContaining({ verdict: 'strike' }),
      ledgerState: {
        record: available(aGroupRecord()),
        budgets: {
          ok: true,
          value: [{ scope: 'group', of: web.key, over: 'unverified', max: 1, used: 0 }],
        },
      },
      looked: { ...aLooked(web), group: 'unchanged' },
      protections: { [targetId ?? '']: available([]) },
      targetId,
    });
  });

  test('of a group that could not be looked up: that it was not', async () => {
    expect(await groupOf('lost')).toMatchObject({
      group: lost,
      decision: { reason: { code: 'not-inspected' } },
      looked: undefined,
      targetId: undefined,
    });
  });
});
