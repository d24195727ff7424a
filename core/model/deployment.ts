import * as z from 'zod';
import type { Parsed } from '../util/parse.ts';

/** The deployment that a message comes from: tells readers whose monkey it is, and how to stop it from anywhere. */
export const Deployment = z.object({
  /** The master account and its region. */
  account: z.string(),
  region: z.string(),
  /** The ledger's table. */
  table: z.string(),
  version: z.string(),
  /** The schedule's zone, for times in messages. */
  timeZone: z.string(),
});
export type Deployment = Parsed<typeof Deployment>;

/** `Chaos monkey 0.1.0 in master account 111111111111, eu-west-1.` */
export function deploymentText({
  account,
  region,
  version,
}: Pick<Deployment, 'account' | 'region' | 'version'>): string {
  return `Chaos monkey ${version} in master account ${account}, ${region}.`;
}
