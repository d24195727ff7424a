import { describe, expect, test } from 'vitest';
import type { Kind, RecoveryState } from '#core/ports/kind.ts';
import { assessRecovery } from '#core/verify/assess-recovery.ts';
import { faults } from '#faults/registry.ts';
import { instances } from '#targets/instances/kind.ts';
import type { InstanceObservation } from '#targets/instances/model.ts';
import { aConfig } from '../../support/a-config.ts';
import { aStrikeEntry } from '../../support/a-guard-context.ts';
import { aTarget } from '../../support/a-target.ts';

const strike = aStrikeEntry({ target: aTarget({ kind: 'queue', id: 'orders' }) });
const config = aConfig({ recovery: { withinMinutes: 10 } });
const seen: InstanceObservation = {
  group: undefined,
  target: { instanceState: undefined, launchedAt: undefined, lifecycle: undefined },
  launchesEnded: [],
  isScaling: false,
};

/** As a kind of target that is not one of instances sees it, so many minutes after the strike. */
function assessed(state: RecoveryState, minutes: number) {
  const asked: boolean[] = [];
  const queues: Kind = {
    ...instances,
    kind: 'queue',
    recovery: (_strike, _seen, { losesTarget }) => {
      asked.push(losesTarget);
      return state;
    },
  };
  const now = Date.parse(strike.at) + minutes * 60_000;
  const kinds = [instances, queues];
  return { recovery: assessRecovery(strike, seen, { faults, kinds, config }, now), asked };
}

describe('a group has recovered', () => {
  test('once the kind of the target says so, and as it says', () => {
    const state = { outcome: 'recovered', text: 'it answers', tookMs: 7, exact: true } as const;
    const { recovery, asked } = assessed(state, 1);
    expect(recovery).toEqual({ ...state, at: '2026-11-23T09:01:05.000Z' });
    // Of a termination.
    expect(asked).toEqual([true]);
  });

  test('or is gone', () => {
    const { recovery } = assessed({ outcome: 'gone', text: 'deleted' }, 1);
    expect(recovery).toMatchObject({ outcome: 'gone', text: 'deleted' });
  });

  test('or has not within its time, which is four times as long while something else is done to it', () => {
    const down = { outcome: 'not-recovered', text: 'it does not answer' } as const;
    expect(assessed(down, 9).recovery).toBeUndefined();
    expect(assessed(down, 10).recovery).toMatchObject({
      outcome: 'not-recovered',
      text: expect.stringMatching(/^it does not answer, 10 minutes after orders was struck by run /),
    });
    expect(assessed({ ...down, isBusy: true }, 39).recovery).toBeUndefined();
    expect(assessed({ ...down, isBusy: true }, 40).recovery?.outcome).toBe('not-recovered');
  });
});
