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
