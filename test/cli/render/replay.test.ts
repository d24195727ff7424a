import { describe, expect, test } from 'vitest';
import { replayText } from '#cli/render/replay.ts';

const plain = (_styles: unknown, text: string) => text;
const replay = {
  schemaVersion: 2,
  runId: '20261123T090000Z-3f9a1c2b',
  groups: 12,
  chosen: 1,
  differences: 0,
} as const;

describe('replayText', () => {
  test('says that all is the same', () => {
    expect(replayText(replay, plain)).toBe(
      '12 groups of run 20261123T090000Z-3f9a1c2b decided again, 1 of them chosen to be struck: all the same',
    );
  });

  test('shows both sides of the first difference', () => {
    const group = '222222222222/eu-west-1/asg/web';
    const drawn = { code: 'drawn', text: 'drew 0.1' };
    const reason = { code: 'cooldown', text: 'struck 5 minutes ago' };
    const also = [{ code: 'vetoed', text: 'by\u0007 ann' }];
    const first = {
      group,
      recorded: { decision: { group, verdict: 'strike', reason: drawn }, targetId: 'i-a' },
      replayed: { decision: { group, verdict: 'spare', reason, also }, targetId: null },
    } as const;
    expect(replayText({ ...replay, differences: 3, first }, plain)).toBe(
      `12 groups of run 20261123T090000Z-3f9a1c2b decided again, 1 of them chosen to be struck: 3 groups decided differently. The first of them:
  ${group}
    then  strike i-a: drawn: drew 0.1
    now   spare: cooldown: struck 5 minutes ago; also vetoed: by ann`,
    );
  });
});
