/** The id of a scheduled slot, as the Scheduler says its moment: UTC, in whole seconds. */
export function slotId(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
