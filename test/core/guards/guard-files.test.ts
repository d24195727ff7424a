import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkGuards } from '#core/guards/check-guards.ts';
import { type Guard, selectGuards } from '#core/guards/guard.ts';
import { listGuards } from '#core/guards/index.ts';
import { kinds } from '#targets/registry.ts';
import { aGroupOnLedger, aGuardContext } from '../../support/a-guard-context.ts';

const root = new URL('../../../', import.meta.url);
const codes = (ones: readonly Guard[]) => ones.map(({ code }) => code);
const filesIn = (folder: string) =>
  readdirSync(new URL(folder, root), { withFileTypes: true })
    .filter((entry) => entry.isFile() && !['guard.ts', 'index.ts', 'check-guards.ts'].includes(entry.name))
    .map(({ name }) => name);
const foldersOfKinds = readdirSync(new URL('targets', root), { recursive: true, encoding: 'utf8' }).filter(
  (path) => /^[^/]+\/guards$/.test(path),
);

describe('the guards', () => {
  test('are one file each, whose name is the reason code, and each is asked', () => {
    expect(filesIn('core/guards').sort()).toEqual(
      codes(listGuards([]))
        .map((code) => `${code}.ts`)
        .sort(),
    );
    const ofTargets = foldersOfKinds.flatMap((folder) => filesIn(`targets/${folder}`));
    const asked = new Set(kinds.flatMap((kind) => codes(kind.guards)));
    expect([...new Set(ofTargets)].sort()).toEqual([...asked].map((code) => `${code}.ts`).sort());
  });

  describe.each(kinds)('of $kind', (kind) => {
    const guards = listGuards(kind.guards);
    const ofTargets = new Set<unknown>(kind.guards);

    test('are named after the tags, and before the alarms of whoever is in charge', () => {
      const listing = selectGuards(guards, 'listing').map((guard) => ofTargets.has(guard));
      const inspection = selectGuards(guards, 'inspection').map((guard) => ofTargets.has(guard));
      expect(listing).toEqual(listing.toSorted((a, b) => Number(a) - Number(b)));
      expect(inspection).toEqual(inspection.toSorted((a, b) => Number(b) - Number(a)));
      expect(guards).toHaveLength(listGuards([]).length + kind.guards.length);
    });

    test('say when they refuse, in a sentence', () => {
      for (const { summary } of guards) expect(summary).toMatch(/^[A-Z][^\n|]*\.$/);
    });

    test('let a healthy group that nothing is happening to be struck', () => {
      const { group, inspection } = kind.fit(
        { account: '222222222222', region: 'eu-west-1', number: 1 },
        { 'chaos:opt-in': 'true' },
      );
      const [candidate] = kind.candidates(kind.inspected(group, inspection), inspection);
      const context = aGuardContext();
      const verdicts = [
        ...checkGuards(selectGuards(guards, 'listing'), { group }, context),
        ...checkGuards(selectGuards(guards, 'ledger'), { ...aGroupOnLedger(), group }, context),
        ...checkGuards(selectGuards(guards, 'inspection'), { group, inspection }, context),
        ...checkGuards(selectGuards(guards, 'candidate', 'target'), candidate?.evidence ?? {}, context),
        ...checkGuards(selectGuards(guards, 'protection'), { protections: { ok: true, value: [] } }, context),
      ];
      expect(verdicts).toHaveLength(guards.length);
      expect(verdicts.filter(({ passes }) => !passes)).toEqual([]);
    });
  });
});
