import { ifAvailable } from '#core/guards/shared/if-available.ts';
import type { InstanceGuard, Protection } from '../../model.ts';

/** The check of an instance whose attribute protects it, whatever the fault: who protects it wants it left alone. */
export function notProtectedFrom(from: Protection): InstanceGuard<'protection'>['check'] {
  return ({ protections }) =>
    protections === undefined
      ? { passes: true, saw: 'not asked yet' }
      : ifAvailable(protections, (known) => {
          const passes = !known.includes(from);
          return { passes, saw: `${passes ? 'not protected' : 'protected'} from ${from}` };
        });
}
