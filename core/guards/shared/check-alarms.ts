import type { Alarm } from '../../model/group.ts';
import { listFirst } from '../../util/list-first.ts';
import type { Lookup } from '../../util/lookup.ts';
import type { Verdict } from '../guard.ts';
import { ifAvailable } from './if-available.ts';

/** Passes only if all named alarms are OK: one without data, or one that does not exist, watches nothing. */
export function checkAlarms(names: readonly string[], alarms: Lookup<readonly Alarm[]>): Verdict {
  return ifAvailable(alarms, (known) => {
    const bad = names.flatMap((name) => {
      const state = known.find((alarm) => alarm.name === name)?.state ?? 'MISSING';
      if (state === 'OK') return [];
      return [state === 'MISSING' ? `alarm ${name} does not exist` : `alarm ${name} is in ${state}`];
    });
    if (bad.length > 0) return { passes: false, saw: listFirst(bad) };
    return {
      passes: true,
      saw: names.length === 1 ? `alarm ${names[0]} is OK` : `all ${names.length} alarms are OK`,
    };
  });
}
