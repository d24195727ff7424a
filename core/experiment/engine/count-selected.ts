import type { Select } from '../../model/experiment.ts';

/** How many of `targets` a selection takes. Percentages round down, to at least one. */
export function countSelected(select: Select, targets: number): number {
  if (select === 'all') return targets;
  if ('count' in select) return select.count;
  return targets === 0 ? 0 : Math.max(1, Math.floor((targets * select.percent) / 100));
}
