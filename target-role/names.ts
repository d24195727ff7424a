/**
 * Names that the master account and its targets must agree on. Both sides import them from here.
 */

/** The role that `chaos_monkey` runs as. Fixed, so that a target account can be enrolled before the master exists. */
export const masterRoleName = 'chaos-monkey-master';

/** `arn:aws:iam::111122223333:role/chaos-monkey-target`. The parts may be deploy-time tokens. */
export function roleArn(partition: string, account: string, roleName: string): string {
  return `arn:${partition}:iam::${account}:role/${roleName}`;
}
