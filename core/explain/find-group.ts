import { makeGroupFilter } from '../config/group-filter.ts';
import { placeMistake } from '../config/place-mistake.ts';
import { scopeAccounts } from '../config/scope-accounts.ts';
import type { ExplainRequest } from '../config/task.ts';
import type { Failure } from '../model/failure.ts';
import type { Group } from '../model/group.ts';
import type { RunContext } from '../model/run-context.ts';
import { keyParts } from '../ports/kind.ts';
import type { World } from '../ports/world.ts';
import { nearest } from '../util/nearest.ts';
import { InvalidInput } from '../util/parse.ts';
import { findWithoutOptIn } from './find-without-opt-in.ts';

/** How many opted-in groups are remembered for a suggestion. */
const mostRemembered = 10_000;

/**
 * The one group that a name or key means, and what could not be surveyed during the search. Throws `InvalidInput` if several
 * match, or if none that has opted in does; the error then says whether there is one that has not opted in.
 */
export async function findGroup(
  { group, account, region }: ExplainRequest,
  run: RunContext,
  { fleet, config, kinds }: Pick<World, 'fleet' | 'config' | 'kinds'>,
): Promise<{ readonly group: Group; readonly failures: readonly Failure[] }> {
  const { account: keyAccount, region: keyRegion } = keyParts(kinds, group) ?? {};
  const places = {
    accounts: only(account ?? keyAccount),
    regions: only(region ?? keyRegion),
  };
  const scope = scopeAccounts(places, config.accounts);
  if (scope.length === 0) {
    const asked = { account: account ?? keyAccount, region: region ?? keyRegion };
    const isOfKey = account === undefined && region === undefined;
    throw placeMistake(asked, config.accounts, isOfKey ? { path: 'group', found: group } : undefined);
  }

  const wanted = makeGroupFilter([group]);
  const others = new Set<string>();
  const { value: found, failures } = await fleet.survey(scope, run, (seen) => {
    if (wanted.takes(seen)) return [seen];
    if (others.size < mostRemembered) others.add(keyAccount === undefined ? seen.name : seen.key);
    return [];
  });
  const [first, ...more] = found.seen.flat();
  if (first === undefined) {
    const closed = await findWithoutOptIn(group, scope, failures, run, { fleet, config, kinds });
    const near = closed.exists ? undefined : nearest(group, others);
    const hint = near === undefined ? '' : `; did you mean ${near}?`;
    throw notValid('group', `expected a group that has opted in: ${closed.text}${hint}`, group);
  }
  if (more.length > 0) {
    const keys = [first, ...more].map(({ key }) => key);
    throw notValid('group', `expected one of ${keys.slice(0, 10).join(', ')}`, group);
  }
  return { group: first, failures };
}

function only(name: string | undefined): readonly string[] | undefined {
  return name === undefined ? undefined : [name];
}

function notValid(path: string, expected: string, found: unknown): InvalidInput {
  return new InvalidInput('request', [{ path, expected, found: JSON.stringify(found) }]);
}
