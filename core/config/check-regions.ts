import type * as z from 'zod';
import { maxMistakes } from '../util/invalid-input.ts';
import { orNearest } from '../util/nearest.ts';
import { knownRegions } from './known-regions.ts';

/** The parts of a configuration that name regions. */
interface NamesRegions {
  readonly master: { readonly region: string };
  readonly regions: readonly string[];
  readonly accounts: readonly (string | { readonly regions?: readonly string[] | undefined })[];
  /** Regions that are newer than this version. */
  readonly newRegions: readonly string[];
}

/** For `superRefine`: checks that every named region exists in AWS. */
export function checkRegions(config: NamesRegions, { addIssue }: z.core.$RefinementCtx): void {
  const known = new Set([...knownRegions, ...config.newRegions]);
  const unknown = regionsIn(config).filter(({ region }) => !known.has(region));
  for (const [index, { path, region }] of unknown.entries()) {
    // No more are shown, and searching for suggestions takes time.
    const meant = index < maxMistakes ? orNearest(region, known) : '';
    const message = `expected a region of AWS (if it is a new one, list it in newRegions)${meant}`;
    addIssue({ code: 'custom', path: [...path], message });
  }
}

function regionsIn({ master, regions, accounts }: NamesRegions) {
  const listed = (path: readonly PropertyKey[], list: readonly string[]) =>
    list.map((region, index) => ({ path: [...path, index], region }));
  return [
    { path: ['master', 'region'], region: master.region },
    ...listed(['regions'], regions),
    ...accounts.flatMap((account, index) =>
      typeof account === 'string' ? [] : listed(['accounts', index, 'regions'], account.regions ?? []),
    ),
  ];
}
