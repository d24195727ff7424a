/** Stands in the command that people are shown. */
const placeholder = 'what was learned';

/** What writes down what was learned of a run. Pasted as it stands, it is refused. */
export function noteCommand(id: string): string {
  return `${noteOf(id)} "${placeholder}"`;
}

/** Whether a text says anything: `...` does not, nor does what stands in the command. */
export function saysSomething(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text) && text.trim().toLowerCase() !== placeholder;
}

/** Whether a step of what to do next is to write that down. */
export function isToNote(step: string, id: string): boolean {
  return step.includes(noteOf(id));
}

function noteOf(id: string): string {
  return `./chaos experiment note ${id}`;
}
