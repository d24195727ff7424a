import type { Protection } from '../../model/group.ts';
import type { InstanceGuard } from '../guard.ts';
import { ifAvailable } from './if-available.ts';

/** Refuses an instance whose attribute protects it, whatever the fault: who protects it wants it left alone. */
export function notProtected(code: string, from: Protection): InstanceGuard {
  return {
    code,
    check: ({ protections }) =>
      protections === undefined
        ? { passes: true, saw: 'not asked yet' }
        : ifAvailable(protections, (known) => {
            const passes = !known.includes(from);
            return { passes, saw: `${passes ? 'not protected' : 'protected'} from ${from}` };
          }),
  };
}
