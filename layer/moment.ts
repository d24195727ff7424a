/** The moment, in ms, that ISO 8601 text in UTC names; undefined if it names none. */
export function momentOf(text: unknown): number | undefined {
  if (typeof text !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(text))
    return undefined;
  const ms = Date.parse(text);
  // Date.parse takes February 30 for March 2.
  return Number.isFinite(ms) && new Date(ms).toISOString().startsWith(text.slice(0, 19)) ? ms : undefined;
}

export function isMoment(text: unknown): boolean {
  return momentOf(text) !== undefined;
}
