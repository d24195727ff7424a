import type { Ledger, Standing } from '#core/ports.ts';
import { whoCalls } from './caller.ts';
import { deployedLedger } from './deployment.ts';
import { mustBeMaster } from './master-account.ts';
import { type PlaceOptions, placeOf } from './place.ts';
import type { Surroundings } from './surroundings.ts';

/** What a command that changes a group's standing works on. */
export interface GroupStanding {
  readonly ledger: Ledger;
  /** As it is on record. */
  readonly standing: Pick<Standing, 'veto' | 'leash'>;
  /** The caller's ARN. */
  readonly by: string;
}

/** What stands about a group in the deployed ledger. Throws where the credentials are for another account than the configuration's. */
export async function groupStanding(
  group: string,
  { table, ...options }: PlaceOptions,
  surroundings: Surroundings,
): Promise<GroupStanding> {
  const { region, account } = await placeOf({ ...options, table }, surroundings);
  const caller = await whoCalls(surroundings, region);
  if (account !== undefined) mustBeMaster(caller, account);
  const { ledger } = await deployedLedger({ region, tableName: table }, surroundings);
  const standings = await ledger.standings([group]);
  return { ledger, standing: standings.get(group) ?? { veto: undefined, leash: undefined }, by: caller.arn };
}
