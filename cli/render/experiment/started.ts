/** What a run in AWS is called, and what may be done about it. */
export function startedText(id: string, flags: string): string {
  return `Experiment ${id} has started.
  How it stands: ./chaos experiment status ${id}${flags}
  To stop it:    ./chaos experiment stop ${id}${flags}
  Its report:    ./chaos experiment report ${id}${flags}`;
}

export function goesOnText(id: string, flags: string): string {
  return `The experiment goes on.\n  How it stands: ./chaos experiment status ${id}${flags}\n  To stop it:    ./chaos experiment stop ${id}${flags}`;
}
