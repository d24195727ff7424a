/**
 * What a page shows at most, so that it stays below 500 KB, and below 1 MB where all texts are long and hostile: the JSON has the rest.
 * Those of charts and tables are shared by the probes.
 */
export const bounds = {
  /** Of all charts together, and of one. */
  columns: { all: 1_800, one: 240 },
  marks: { all: 1_000, one: 160 },
  phaseRows: { all: 300, one: 40 },
  tableRows: { all: 320, one: 60 },
  badRows: { all: 160, one: 40 },
  probes: 50,
  phases: 60,
  strikes: 50,
  events: 100,
  notes: 6,
  noteLength: 2_000,
  failures: 20,
  next: 10,
  tags: 20,
  /** Characters of all commands together, as the page has them. */
  commands: 30_000,
} as const;

/** The part of one probe of so many. */
export function shareOf(
  { all, one }: { readonly all: number; readonly one: number },
  probes: number,
): number {
  return Math.max(2, Math.min(one, Math.floor(all / Math.max(1, probes))));
}
