import { describe, expect, test } from 'vitest';
import { faults } from '#faults/registry.ts';
import { facts } from '#verify-aws/registry.ts';
import type { Verification } from '#verify-aws/run-facts.ts';
import { verify } from '#verify-aws/verify.ts';

async function run(
  words: readonly string[],
  { callers = '111111111111', signal = new AbortController().signal } = {},
) {
  const [out, notes]: [string[], string[]] = [[], []];
  const asked: string[] = [];
  const exitCode = await verify(words, {
    out: (text) => out.push(text),
    note: (text) => notes.push(text),
    env: {},
    callerAccount: async (region) => {
      asked.push(region);
      return callers;
    },
    signal,
  });
  return { exitCode, out: out.join('\n'), notes: notes.join('\n'), asked };
}

describe('npm run verify:aws', () => {
  test('in the sandbox checks run, hold for nothing about AWS, and leave nothing', async () => {
    const { exitCode, out } = await run(['--sandbox', '--json']);
    const { facts: found, left }: Verification = JSON.parse(out);
    expect(found.map(({ name }) => name).sort()).toEqual(facts.map(({ name }) => name).sort());
    expect(left).toEqual([]);
    const ran = found.filter(({ answer }) => answer === 'ran').map(({ name }) => name);
    expect(ran.sort()).toEqual([
      'deny-of-everybody-is-taken',
      'schedule-detaches-policy',
      'schedule-enables-event-source',
      'schedule-restores-capacity-of-table',
      'schedule-restores-concurrency',
      'schedule-restores-configuration',
      'schedule-restores-cors-of-api',
      'schedule-restores-cors-of-bucket',
      'tagging-api-lists-no-roles',
    ]);
    // A check that failed would be passed over as one that is not for the sandbox.
    const others = found.filter(({ answer }) => answer !== 'ran');
    for (const { answer, saw, name } of others) {
      expect([name, answer]).toEqual([name, 'not tried']);
      expect(saw, name).not.toContain('failed');
    }
    expect(exitCode).toBe(0);
  });

  test('says what it will create, how long it takes and what it costs, before it asks AWS anything', async () => {
    const { exitCode, notes, asked } = await run([]);
    expect(notes).toContain('costs at most 2 US cents');
    expect(notes).toMatch(/^ {2}deny-of-table-ends +a table, on demand$/m);
    expect(notes).toContain('say where: --account ID, or --sandbox');
    expect({ exitCode, asked }).toEqual({ exitCode: 2, asked: [] });
  });

  test.each([
    [['--account', '222222222222'], /of account 111111111111, and not of 222222222222/],
    [['--account', '111111111111', '--sandbox'], /say where/],
    [['--sandbox', '--only', 'moon-is-cheese'], /there is no fact moon-is-cheese/],
    [['--acount', '111111111111'], /--acount/],
    [['--sandbox', '--only', 'deny-of-queue-end'], /did you mean deny-of-queue-ends\?/],
  ])('refuses %j', async (words, why) => {
    const { exitCode, out, notes } = await run(words);
    expect(notes).toMatch(why);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
  });

  test.each([
    [['--account', '123'], /^error: an account id has 12 digits: 123$/m],
    [
      ['--account', '111111111111', '--region', 'the moon'],
      /^error: not a region such as eu-west-1: the moon$/m,
    ],
  ])('refuses %j before it plans anything', async (words, why) => {
    const { exitCode, notes, asked } = await run(words);
    expect(notes).toMatch(why);
    expect(notes).not.toContain('Checks ');
    expect({ exitCode, asked }).toEqual({ exitCode: 2, asked: [] });
  });

  test('--help prints how to use it', async () => {
    const { exitCode, out, notes } = await run(['--help']);
    expect(out).toMatch(/^usage: npm run verify:aws/);
    expect({ exitCode, notes }).toEqual({ exitCode: 0, notes: '' });
  });

  test.each([
    ['a fact that the sandbox can try', 'schedule-detaches-policy', 0],
    ['one that it cannot', 'deny-of-queue-ends', 1],
    ['one that has no check', 'amazon-linux-lacks-netem', 1],
  ])('--only %s (%s) is exit code %i', async (_, only, code) => {
    const { exitCode, out } = await run(['--sandbox', '--only', only]);
    expect(out).toContain('says nothing about AWS');
    expect(out).not.toMatch(/^holds/m);
    expect(exitCode).toBe(code);
  });

  test('an interrupted run tries nothing', async () => {
    const { exitCode, out } = await run(['--sandbox'], { signal: AbortSignal.abort() });
    expect(out).toContain('0 ran, 0 do not hold');
    expect(exitCode).toBe(1);
  });
});

describe('the facts', () => {
  test.each(facts)('$name is a check or says why there is none, and is of faults that exist', (fact) => {
    expect(fact.claim).toMatch(/^[A-Za-z].*\.$/);
    expect((fact.check === undefined) !== (fact.notTried === undefined)).toBe(true);
    for (const name of fact.faults) expect(faults.has(name), name).toBe(true);
  });
});
