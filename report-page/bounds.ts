/**
 * What a page shows at most, so that it stays below 500 KB whatever the report: the JSON has the rest. Those of charts and tables
 * are shared by the probes.
 */
export const bounds = {
  /** Of all charts together, and of one. */
  columns: { all: 4_800, one: 240 },
  marks: { all: 1_600, one: 160 },
  tableRows: { all: 800, one: 60 },
  badRows: { all: 400, one: 40 },
  probes: 50,
  phases: 60,
  strikes: 100,
  events: 150,
  notes: 20,
  noteLength: 2_000,
  failures: 40,
  next: 10,
  tags: 20,
  /** Characters of all commands together. */
  commands: 60_000,
} as const;

/** The part of one probe of so many. */
export function shareOf(
  { all, one }: { readonly all: number; readonly one: number },
  probes: number,
): number {
  return Math.max(2, Math.min(one, Math.floor(all / Math.max(1, probes))));
}
