/**
 * The slot of an experiment's strikes in one round of a step. Claims are made once per slot and group: a step that strikes a group
 * several times does so in as many rounds.
 */
export function experimentSlot(id: string, stage: number, step: string, round: number): string {
  return `${experimentSlots(id)}${stage}/${step}/${round}`;
}

/** What all slots of an experiment begin with. */
export function experimentSlots(id: string): string {
  return `experiment/${id}/`;
}

/** Whether a strike is of the experiment that these slots are of; none is where there is no experiment. */
export function isOwn({ slot }: { readonly slot: string }, ownSlots: string | undefined): boolean {
  return ownSlots !== undefined && slot.startsWith(ownSlots);
}

/** Whether it is an experiment's, which a strike has as its run. */
export function isOfExperiment({ slot, runId }: { readonly slot: string; readonly runId: string }): boolean {
  return slot.startsWith(experimentSlots(runId));
}
