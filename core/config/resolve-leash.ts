import type { Trigger } from '../model/slot.ts';
import type { Config } from './config.ts';
import type { RunRequest } from './run-request.ts';

export type Leash =
  | { readonly mode: 'live' }
  /** Decides and reports, touches nothing; `because` says how to change that. */
  | { readonly mode: 'leashed'; readonly because: string };

/** A run is live only if both the configuration and the request say so. `trigger`: whoever made the request reads what is missing. */
export function resolveLeash(
  { dryRun }: Pick<RunRequest, 'dryRun'>,
  { leashed }: Pick<Config, 'leashed'>,
  trigger: Trigger,
): Leash {
  const unleash = trigger === 'cli' ? '--unleash' : 'dryRun: false';
  if (leashed) {
    return {
      mode: 'leashed',
      because: `the configuration says leashed: true${dryRun ? '' : `, so ${unleash} was not honored`}`,
    };
  }
  return dryRun ? { mode: 'leashed', because: `the request did not say ${unleash}` } : { mode: 'live' };
}
