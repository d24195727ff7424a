import type { Known } from '../../util/lookup.ts';
import type { Verdict } from '../guard.ts';
import { notChecked } from './unchecked.ts';

/** Checks what is known; refuses what is not, and says why it is not. */
export function ifAvailable<Value>(about: Known<Value>, check: (known: Value) => Verdict): Verdict {
  return 'known' in about ? check(about.known) : { passes: false, saw: `${notChecked}: ${about.unknown}` };
}
