import { stopByAwsCli } from '#core/messages/stop-by-aws-cli.ts';
import type { Deployment } from '#core/model/deployment.ts';

/** What messages of the tests come from. */
export function aMasterDeployment(overrides: Partial<Deployment> = {}): Deployment {
  return {
    account: '111111111111',
    region: 'eu-west-1',
    table: 'ChaosMaster-Ledger-1A2B3C',
    version: '0.1.0',
    timeZone: 'UTC',
    ...overrides,
  };
}

/** The two stops that every message carries: in a clone, and without one. */
export function stopsOf({ region, table }: Pick<Deployment, 'region' | 'table'>): readonly [string, string] {
  return [`./chaos stop --region ${region} --table ${table}`, stopByAwsCli({ region, table })];
}
