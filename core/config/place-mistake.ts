import { orNearest } from '../util/nearest.ts';
import { InvalidInput } from '../util/parse.ts';
import type { Config } from './config.ts';

interface AskedPlace {
  readonly account: string | undefined;
  readonly region?: string | undefined;
}

/**
 * The error for a place that is not in the configuration: says whether the account or the region is wrong, and which one was
 * probably meant. `within` is set if the request has both in one value, such as a group's key.
 */
export function placeMistake(
  { account, region }: AskedPlace,
  accounts: Config['accounts'],
  within?: { readonly path: string; readonly found: string },
): InvalidInput {
  const ids = accounts.map(({ id }) => id);
  const isKnown = account === undefined || ids.includes(account);
  const regions = new Set(
    accounts.filter(({ id }) => account === undefined || id === account).flatMap((one) => one.regions),
  );
  const [path, name, expected] = isKnown
    ? (['region', region, `expected a region of the configuration${ofAccount(account)}`] as const)
    : (['account', account, 'expected an account of the configuration'] as const);
  const meant = name === undefined ? '' : orNearest(name, isKnown ? regions : ids);
  return new InvalidInput('request', [
    {
      path: within?.path ?? path,
      expected: `${expected}${meant}`,
      found: JSON.stringify(within?.found ?? name ?? null),
    },
  ]);
}

function ofAccount(account: string | undefined): string {
  return account === undefined ? '' : ` in account ${account}`;
}
