/**
 * The names of steps, as an execution that is under way knows them: what a name means must never change, and a new meaning or a new
 * result takes a new version. A test pins the list.
 */
const version = 'v2';

export const stepNames = {
  /** Looks for the run on record. */
  order: `${version}/order`,
  begin: `${version}/begin`,
  lead: `${version}/lead`,
  /** Makes known what wakes it from a pause. */
  listen: (pause: string) => `${pause}/listen`,
  /** What wakes it from a pause. */
  callback: (pause: string) => `${pause}/callback`,
  baseline: (stage: number) => `${version}/baseline/${stage}`,
  resolve: (stage: number, step: string) => `${version}/resolve/${stage}/${step}`,
  inject: (stage: number, step: string) => `${version}/inject/${stage}/${step}`,
  inPlace: (stage: number, part: number) => `${version}/in-place/${stage}/${part}`,
  undo: (stage: number, part: number) => `${version}/undo/${stage}/${part}`,
  segment: (phase: string, stage: number, part: number) => `${version}/${phase}/${stage}/segment/${part}`,
  breath: (phase: string, stage: number, part: number) => `${version}/${phase}/${stage}/breath/${part}`,
  tellAborted: (stage: number) => `${version}/tell-aborted/${stage}`,
  recovered: (stage: number) => `${version}/recovered/${stage}`,
  wait: (stage: number) => `${version}/wait/${stage}`,
  pause: (stage: number) => `${version}/pause/${stage}`,
  end: `${version}/end`,
  report: `${version}/report`,
  ended: `${version}/ended`,
  tellEnded: `${version}/tell-ended`,
} as const;

/** Striking is done once: where it was interrupted, nobody can tell how far it came, and undoing is next. */
export function isInjection(name: string): boolean {
  return name.startsWith(`${version}/inject/`);
}

/** What must be done sooner or later, and does no harm twice: to find the run on record, to undo, to make ready for a pause, to keep the verdict. */
export function isRetried(name: string): boolean {
  return retried.some((start) => name.startsWith(`${version}/${start}`));
}

const retried = ['order', 'undo/', 'lead/', 'pause/', 'report', 'ended'];
