import type { InstanceGuard } from './guard.ts';
import { ifKnown } from './shared/if-known.ts';

/** Whatever the fault: who protects an instance wants it left alone. */
export const terminationProtected: InstanceGuard = {
  code: 'termination-protected',
  check: ({ protection }) =>
    protection === undefined
      ? { passes: true, saw: 'not asked yet' }
      : ifKnown(protection, (isProtected) => ({
          passes: !isProtected,
          saw: isProtected ? 'protected from termination' : 'not protected from termination',
        })),
};
