import { describe, expect, test } from 'vitest';
import type { LastingFault } from '#core/model/fault.ts';
import { aStrikeWorld, type StrikeWorldOptions } from '../faults/lasting/a-strike-world.ts';
import type { FaultCase } from '../faults/lasting/fault-case.ts';
import { lastingFaults } from '../support/every-fault-choice.ts';

const cases = await Promise.all(
  lastingFaults.map(async (fault) => {
    const module = (await import(`../faults/lasting/cases/${fault.name}.ts`)) as {
      readonly faultCase: FaultCase;
    };
    return { fault, name: fault.name, faultCase: module.faultCase };
  }),
);

/** Strikes in every variant and lets the janitor undo it. What went wrong. */
async function exercise(
  fault: LastingFault,
  { variants, unfit }: FaultCase,
  options: StrikeWorldOptions = {},
) {
  const problems: string[] = [];
  const noting = async (work: () => Promise<unknown>) => {
    await work().catch((error: unknown) => problems.push(String(error)));
  };
  for (const { parameters, create } of variants) {
    const world = aStrikeWorld(fault, options);
    const resource = create(world);
    await noting(async () => {
      const { outcome, detail } = await world.strike(await resource.find(), parameters);
      if (outcome !== 'succeeded') problems.push(detail);
    });
    const rounds = await world.janitors(5 + 4);
    const texts = rounds.flatMap(({ strikes }) => strikes.map(({ text }) => text));
    problems.push(...texts.filter((text) => text.includes('could not be read')));
    for (const { problem = 'is still open' } of await world.openEntries()) problems.push(problem);
  }
  for (const { parameters, create } of unfit) {
    const world = aStrikeWorld(fault, options);
    const { find } = create(world);
    await noting(async () => world.prepare(await find(), parameters));
  }
  return problems;
}

describe.each(cases)('$name', ({ fault, faultCase }) => {
  const { roles } = aStrikeWorld(fault);
  const granted = new Set([
    ...fault.permissions.map(({ action }) => action),
    ...[...roles.target.Statement, ...roles.undo.Statement]
      .filter(({ Sid }) => Sid.startsWith('UndoSchedule'))
      .flatMap(({ Action = [] }) => Action),
  ]);

  test('may do all that it calls', async () => {
    expect(await exercise(fault, faultCase)).toEqual([]);
  });

  test.each([...granted])('needs %s', async (action) => {
    const problems = await exercise(fault, faultCase, { without: action });
    expect(problems.join('\n')).toContain(action);
  });
});
