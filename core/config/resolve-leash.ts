import type { Config } from './config.ts';
import type { RunRequest } from './run-request.ts';

export type Leash =
  | { readonly mode: 'live' }
  /** Decides and reports, touches nothing; `because` says how to change that. */
  | { readonly mode: 'leashed'; readonly because: string };

/** A run is live only if both the configuration and the request say so. */
export function resolveLeash(
  { dryRun }: Pick<RunRequest, 'dryRun'>,
  { leashed }: Pick<Config, 'leashed'>,
): Leash {
  if (leashed) {
    return {
      mode: 'leashed',
      because: `the configuration says leashed: true${dryRun ? '' : ', so dryRun: false was not honored'}`,
    };
  }
  return dryRun ? { mode: 'leashed', because: 'the request did not say dryRun: false' } : { mode: 'live' };
}
