import type { RunReport } from '../reports/run-report.ts';

/** The groups that were asked for and not seen, each with the one that was probably meant: `wbe (did you mean web?), apu`. */
export function notFoundText({
  groupsNotFound,
  didYouMean = {},
}: Pick<RunReport, 'groupsNotFound' | 'didYouMean'>): string {
  return groupsNotFound
    .map((name) => {
      const meant = Object.hasOwn(didYouMean, name) ? didYouMean[name] : undefined;
      return meant === undefined ? name : `${name} (did you mean ${meant}?)`;
    })
    .join(', ');
}
