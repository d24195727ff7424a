/** Where the tests deploy and strike: three accounts, of which the master is one, and two regions. */
export const masterId = '111111111111';
export const targetIds = ['222222222222', '333333333333'] as const;
export const accountIds = [masterId, ...targetIds] as const;

export const home = 'eu-west-1';
export const regions = [home, 'us-east-1'] as const;

export interface Place {
  readonly account: string;
  readonly region: string;
}
export const places: readonly Place[] = accountIds.flatMap((account) =>
  regions.map((region) => ({ account, region })),
);
export const somewhere: Place = { account: targetIds[0], region: 'us-east-1' };
