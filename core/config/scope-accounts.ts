import type { TargetAccount } from './config.ts';
import { type PlacesAsked, selectRegions } from './run-request.ts';

/** The configured accounts and regions that are within a request's scope. */
export function scopeAccounts(
  asked: PlacesAsked,
  configured: readonly TargetAccount[],
): readonly TargetAccount[] {
  return configured
    .map((account) => ({ ...account, regions: [...selectRegions(account, asked)] }))
    .filter((account) => account.regions.length > 0);
}
