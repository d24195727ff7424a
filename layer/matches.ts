import type { Failures } from './failures.ts';
import { maxSubject } from './safe-pattern.ts';

type Match = NonNullable<NonNullable<Failures['latency']>['match']>[number];

/** Whether an event meets all conditions, as failure-lambda understands them. */
export function matches(event: unknown, conditions: readonly Match[]): boolean {
  return conditions.every((condition) => {
    const found = at(event, condition.path);
    if (found === undefined || found === null) return false;
    if (condition.operator === 'exists') return true;
    const text = typeof found === 'object' ? JSON.stringify(found) : String(found);
    switch (condition.operator) {
      case 'regex':
        return new RegExp(condition.value).test(text.slice(0, maxSubject));
      case 'startsWith':
        return text.startsWith(condition.value);
      default:
        return text === condition.value;
    }
  });
}

/** What a path such as `Records.0.eventSource` names. */
function at(event: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (found, key) =>
        typeof found === 'object' && found !== null && Object.hasOwn(found, key)
          ? found[key as keyof typeof found]
          : undefined,
      event,
    );
}
