import { ifAvailable } from '#core/guards/shared/if-available.ts';
import type { InstanceGuard, Protection } from '../../model.ts';

/** Spares a protected instance, whatever the fault: whoever protected it wants it left alone. */
export function checkProtection(from: Protection): InstanceGuard<'protection'>['check'] {
  return ({ protections }) =>
    protections === undefined
      ? { passes: true, saw: 'not read yet' }
      : ifAvailable(protections, (known) => {
          const passes = !known.includes(from);
          return { passes, saw: `${passes ? 'not protected' : 'protected'} from ${from}` };
        });
}
