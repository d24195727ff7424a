/**
 * What EventBridge Scheduler calls a member of a call's input: the name in the AWS SDK for Java 2.x, with a capital first letter.
 * `UUID` of Lambda's API is `Uuid`, and CreateSchedule refuses any other. No document says so. Sources: schedules that are in use,
 * such as those with `Uuid` and `DbInstanceIdentifier`; splitOnWordBoundaries of that SDK's code generator for where words end.
 */
export function schedulerName(member: string): string {
  const words = member
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .replace(/([^a-z]{2,})v([0-9]+)/g, '$1 v$2 ')
    .replace(/([^A-Z]{2,})V([0-9]+)/g, '$1 V$2 ')
    .replace(/(?<=[a-z])(?=[A-Z][a-zA-Z0-9])/g, ' ')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replace(/([0-9])([a-zA-Z])/g, '$1 $2');
  return words
    .split(' ')
    .map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1).toLowerCase()}`)
    .join('');
}

/** The same input with Scheduler's names, at any depth. Keys of a map are no names of members: no call of a fault has a map. */
export function schedulerInput(input: unknown): unknown {
  if (Array.isArray(input)) return input.map(schedulerInput);
  if (typeof input !== 'object' || input === null) return input;
  return Object.fromEntries(
    Object.entries(input).map(([member, value]) => [schedulerName(member), schedulerInput(value)]),
  );
}
