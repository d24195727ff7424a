import { describe, expect, test } from 'vitest';
import type { StrikeEntry } from '#core/model/strike.ts';
import { resolveOutcome } from '#core/verify/resolve-outcome.ts';
import { faults } from '#faults/registry.ts';
import type { InstanceObservation } from '#targets/instances/model.ts';
import { kinds } from '#wiring/kinds.ts';
import { aStrikeEntry } from '../../support/a-guard-context.ts';

const struckAt = Date.parse(aStrikeEntry().at);
const day = 24 * 60 * 60_000;
const seen = (instanceState: string): InstanceObservation => ({
  group: undefined,
  target: { instanceState, launchedAt: undefined, lifecycle: undefined },
  launchesEnded: [],
  isScaling: false,
});
const resolved = (state: StrikeEntry['state'], observation?: InstanceObservation, now = struckAt + day - 1) =>
  resolveOutcome(aStrikeEntry({ state }), observation, { faults, kinds }, now);

describe('resolveOutcome', () => {
  test('a strike that was only planned has failed, whatever is observed', () => {
    const detail = 'its run ended before it called AWS';
    const planned = { outcome: 'failed', settles: { outcome: 'failed', detail } };
    for (const observation of [undefined, seen('terminated')]) {
      expect(resolved('planned', observation)).toEqual({ ...planned, died: `${detail}: nothing was done` });
    }
  });

  test.each([
    ['terminated', 'succeeded', 'was found terminated, not a member'],
    ['running', 'failed', 'was found running, not a member: it was not struck'],
  ])('one whose answer is missing, its instance %s, has %s', (state, outcome, found) => {
    const settles = { outcome, detail: expect.stringContaining(found) };
    expect(resolved('unknown', seen(state))).toEqual({ outcome, settles });
    expect(resolved('striking', seen(state))).toEqual({ outcome, settles, died: settles.detail });
  });

  test('one that cannot be observed keeps its state for a day', () => {
    expect(resolved('unknown')).toEqual({ outcome: 'unknown' });
    expect(resolved('striking')).toEqual({ outcome: undefined });
    expect(resolved('succeeded')).toEqual({ outcome: 'succeeded' });
  });

  test('after a day without an observation, one that was under way is unknown', () => {
    const late = struckAt + day;
    const detail = expect.stringContaining('could not be observed for a day');
    const settles = { outcome: 'unknown', detail };
    expect(resolved('striking', undefined, late)).toEqual({ outcome: 'unknown', settles, died: detail });
    expect(resolved('unknown', undefined, late)).toEqual({ outcome: 'unknown' });
    expect(resolved('succeeded', undefined, late)).toEqual({ outcome: 'succeeded' });
  });

  test('one that succeeded is not resolved again', () => {
    expect(resolved('succeeded', seen('running'))).toEqual({ outcome: 'succeeded' });
  });
});
