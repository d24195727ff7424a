import type { Lookup } from '../../util/lookup.ts';
import type { Verdict } from '../guard.ts';
import { notChecked } from './unchecked.ts';

/** Checks a known value. Refuses an unknown one, and says why it is unknown. */
export function ifAvailable<Value>(about: Lookup<Value>, check: (known: Value) => Verdict): Verdict {
  return about.ok ? check(about.value) : { passes: false, saw: `${notChecked}: ${about.reason}` };
}
