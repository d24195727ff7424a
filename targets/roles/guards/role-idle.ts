import type { RoleGuard } from '../model.ts';

const hourMs = 60 * 60_000;
const hours = 24;

/**
 * A strike on what nobody uses shows nothing, and counts as one. IAM tells of a use up to four hours later: IAM User Guide, "Refine
 * permissions in AWS using last accessed information".
 */
export const roleIdle: RoleGuard<'inspection'> = {
  code: 'role-idle',
  summary: `The role was not used in the last ${hours} hours, as far as IAM knows.`,
  needs: 'inspection',
  check: ({ inspection: { unusedMs } }) =>
    unusedMs === undefined
      ? { passes: false, saw: 'it was never used' }
      : { passes: unusedMs < hours * hourMs, saw: `last used ${Math.floor(unusedMs / hourMs)} hours ago` },
};
