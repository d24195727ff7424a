import type { Config } from '../config.ts';
import type { Group } from '../group.ts';
import { InvalidInput } from '../parse.ts';
import type { Fleet, RunContext } from '../ports.ts';
import type { Failure } from '../report.ts';
import { scopeOf } from '../scope.ts';
import type { ExplainRequest } from '../task.ts';
import { wantedGroups } from '../wanted-groups.ts';

/**
 * The one group that a name or key means, and what could not be looked at while it was searched for. Throws `InvalidInput`
 * where it means none, or several.
 */
export async function findGroup(
  { group, account, region }: ExplainRequest,
  run: RunContext,
  { fleet, config }: { readonly fleet: Fleet; readonly config: Config },
): Promise<{ readonly group: Group; readonly failures: readonly Failure[] }> {
  const [, keyAccount, keyRegion] = /^(\d{12})\/([a-z0-9-]+)\/(?:asg|tag)\//.exec(group) ?? [];
  const places = {
    accounts: only(account ?? keyAccount),
    regions: only(region ?? keyRegion),
  };
  const scope = scopeOf(places, config.accounts);
  if (scope.length === 0)
    throw notValid('account', 'expected an account and region of the configuration', places);

  const wanted = wantedGroups([group]);
  const { found, failures } = await fleet.survey(scope, run, (seen) => (wanted.takes(seen) ? [seen] : []));
  const [first, ...others] = found.seen.flat();
  if (first === undefined) {
    const unseen = failures.length === 0 ? '' : `; ${failures.length} places could not be looked at`;
    throw notValid('group', `expected a group that is there and has opted in${unseen}`, group);
  }
  if (others.length > 0) {
    const keys = [first, ...others].map(({ key }) => key);
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
