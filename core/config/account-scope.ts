import type { TargetAccount } from './config.ts';
import { type PlacesAsked, regionsAsked } from './run-request.ts';

/** The configured accounts and regions that a request leaves. */
export function accountsInScope(
  asked: PlacesAsked,
  configured: readonly TargetAccount[],
): readonly TargetAccount[] {
  return configured
    .map((account) => ({ ...account, regions: [...regionsAsked(account, asked)] }))
    .filter((account) => account.regions.length > 0);
}
