import { janitorRoleName, masterRoleName } from '#target-role/names.ts';
import { undoTrustPolicy } from '#target-role/trust-policy.ts';

/** The trust policy of an undo role, for a sandbox whose one caller is both the monkey and the janitor. */
export function oneCallerTrust(trust: Parameters<typeof undoTrustPolicy>[0]): object {
  return JSON.parse(JSON.stringify(undoTrustPolicy(trust)).replaceAll(janitorRoleName, masterRoleName));
}
