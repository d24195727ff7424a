import { beforeAll, describe, expect, test } from 'vitest';
import { replayText } from '#cli/render/replay.ts';
import { wrapText } from '#cli/render/wrap.ts';
import { aStrikeEntry } from '../../support/a-claim.ts';
import { aCli } from '../../support/a-cli.ts';
import { aDeployment } from '../../support/a-deployment.ts';
import { aReport, aStrike } from '../../support/a-report.ts';

const group = '222222222222/eu-west-1/asg/web';
const by = { reason: 'the release of the new checkout', by: 'ann', at: '2026-11-23T08:00:00.000Z' };
const outcome = {
  decision: {
    group,
    verdict: 'spare',
    reason: { code: 'group-degraded', text: '2 of 3 desired are healthy' },
  },
  targetId: null,
} as const;

const commands = [
  ['run', '--sandbox'],
  ['plan', '--sandbox', '--days', '5'],
  ['explain', 'cart', '--sandbox'],
  ['explain', 'no-such-group', '--sandbox'],
  ['status'],
  ['veto', group, '--until', '2h', '--reason', 'migration'],
  ['veto', group, '--off'],
  ['leash', group, '--reason', 'it is not well'],
  ['leash', group, '--off'],
  ['stop', '--reason', 'checkout is on fire'],
  ['resume'],
  ['simulate', '--mean', '5', '--days', '50', '--groups', '3'],
  ['faults'],
  ['groups', '--sandbox'],
  ['calendar'],
  ['ledger', 'check'],
  ['doctor'],
] as const;

const words = (text: string) => (text.match(/\S+/g) ?? []).filter((word) => word !== '\\');

/** Lines that are too long although a space could have been a line break. */
function tooLong(text: string, width: number): readonly string[] {
  return text.split('\n').filter((line) => line.length > width && words(line).length > 1);
}

/** By command, what it says: on stdout and on stderr. */
const said = new Map<string, readonly string[]>();
beforeAll(async () => {
  const { ledger, ...aws } = aDeployment();
  await ledger.setLeash(`${group}-of-a-rather-long-name`, by);
  await ledger.setVeto(group, { ...by, until: '2026-11-25T08:00:00.000Z' });
  await ledger.claim(aStrikeEntry());
  await ledger.recordRun(aReport({ strikes: [aStrike()] }));
  const chaos = aCli(aws);
  for (const command of commands) {
    const { out, notes } = await chaos(...command);
    said.set(command.join(' '), [out, notes]);
  }
  const differs = { group, recorded: outcome, replayed: outcome };
  const replay = { schemaVersion: 2, runId: '20261123T090000Z-3f9a1c2b', groups: 9, chosen: 2 } as const;
  const plain = (_styles: unknown, text: string) => text;
  said.set('replay', [replayText({ ...replay, differences: 1, first: differs }, plain)]);
});

describe.each([80, 40])('at %d columns', (width) => {
  test.each([...commands.map((command) => command.join(' ')), 'replay'])(
    'no line of "%s" is too long, and no word of it is broken',
    (command) => {
      const texts = said.get(command) ?? [];
      expect(texts.join('').length).toBeGreaterThan(0);
      for (const text of texts) {
        const wrapped = wrapText(text, width);
        expect(tooLong(wrapped, width)).toEqual([]);
        expect(words(wrapped)).toEqual(words(text));
      }
    },
  );

  test.each([
    '',
    'run',
    'stop',
    'resume',
    'veto',
    'leash',
    'status',
    'plan',
    'explain',
    'replay',
    'simulate',
    'faults',
  ])('no line of the help of "%s" is too long, and no word of it is broken', async (command) => {
    const args = command === '' ? ['--help'] : [command, '--help'];
    const { out } = await aCli({ ...aDeployment(), width })(...args);
    const piped = await aCli(aDeployment())(...args);
    expect(tooLong(out, width)).toEqual([]);
    expect(words(out)).toEqual(words(piped.out));
  });

  test('wraps results and errors to the screen', async () => {
    const chaos = aCli({ ...aDeployment(), width });
    expect(tooLong((await chaos('status')).out, width)).toEqual([]);
    expect((await chaos('status')).out).toContain('\n');
    const { notes } = await chaos(
      'veto',
      '999999999999/eu-west-1/asg/web',
      '--until',
      '2h',
      '--reason',
      'no',
    );
    expect(notes).toContain('999999999999');
    expect(tooLong(notes, width)).toEqual([]);
  });

  test('does not wrap JSON', async () => {
    const { ledger, ...aws } = aDeployment();
    await ledger.setStop({ ...by, reason: 'word '.repeat(60) });
    const { out } = await aCli({ ...aws, width })('status', '--json');
    expect(JSON.parse(out).stop.reason).toBe('word '.repeat(60));
  });
});

test('pipes get whole lines, for grep', async () => {
  const { ledger, ...aws } = aDeployment();
  await ledger.setVeto(group, { ...by, until: '2026-11-25T08:00:00.000Z' });
  const { out } = await aCli(aws)('status');
  expect(out.split('\n').some((line) => line.includes(group) && line.includes(by.reason))).toBe(true);
});

test('an instance has a line of its own, in every report of strikes and of eligible instances', () => {
  for (const command of ['run --sandbox', 'plan --sandbox --days 5', 'explain cart --sandbox', 'status']) {
    const [out = ''] = said.get(command) ?? [];
    const ids = out.split('\n').map((line) => (line.match(/\bi-[0-9a-f]{17}\b/g) ?? []).length);
    expect(Math.max(...ids)).toBeLessThanOrEqual(1);
  }
});
