/** What a verdict promises, as docs/verdicts.md words it and every report repeats it. */
export function promiseOf(falseAlarms: number): string {
  const percent = Number((falseAlarms * 100).toPrecision(3));
  return `False alarms at most ${percent} %, if at no moment the chance of a bad sample exceeds the tolerance; longer bursts count as deviations.`;
}
