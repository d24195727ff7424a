import { type Failure, failure } from '../model/failure.ts';
import type { PermissionCheck } from '../reports/run-report.ts';

/** A failure for each account whose roles would be denied what a strike takes, or its undo. */
export function missingPermissions(checks: readonly PermissionCheck[]): readonly Failure[] {
  return checks
    .filter(({ missing }) => missing.length > 0)
    .flatMap(({ task, role, accounts, missing, why }) => {
      const because = why === undefined ? '' : ` (${why})`;
      const error = new MissingPermissions(
        `to ${task}, the role ${role} lacks ${missing.join(', ')}${because}`,
      );
      return accounts.map((account) => failure('inspect', error, { account }));
    });
}

class MissingPermissions extends Error {
  override readonly name = 'MissingPermissions';
}
