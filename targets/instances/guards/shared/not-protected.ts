import type { GuardOn } from '#core/guards/guard.ts';
import { ifAvailable } from '#core/guards/shared/if-available.ts';
import type { Protection } from '#core/model/group.ts';

/** The check of an instance whose attribute protects it, whatever the fault: who protects it wants it left alone. */
export function notProtectedFrom(from: Protection): GuardOn<'protection'>['check'] {
  return ({ protections }) =>
    protections === undefined
      ? { passes: true, saw: 'not asked yet' }
      : ifAvailable(protections, (known) => {
          const passes = !known.includes(from);
          return { passes, saw: `${passes ? 'not protected' : 'protected'} from ${from}` };
        });
}
