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
  test('in the sandbox, no fact is found not to hold, and nothing is left', async () => {
    const { exitCode, out } = await run(['--sandbox', '--json']);
    const { facts: found, left }: Verification = JSON.parse(out);
    expect(found.map(({ name }) => name).sort()).toEqual(facts.map(({ name }) => name).sort());
    expect(left).toEqual([]);
    const hold = found.filter(({ answer }) => answer === 'holds').map(({ name }) => name);
    expect(hold.sort()).toEqual([
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
    const others = found.filter(({ answer }) => answer !== 'holds');
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
  ])('refuses %j', async (words, why) => {
    const { exitCode, out, notes } = await run(words);
    expect(notes).toMatch(why);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
  });

  test('an interrupted run tries nothing', async () => {
    const { exitCode, out } = await run(['--sandbox'], { signal: AbortSignal.abort() });
    expect(out).toContain('0 hold, 0 not');
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
