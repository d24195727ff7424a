/** A part of a digest: one kind of thing that happened. */
export interface Section {
  readonly title: string;
  readonly entries: readonly Entry[];
  /** What the entries leave out; undefined if nothing. */
  readonly more: string | undefined;
}
export interface Entry {
  readonly what: string;
  /** Undefined when it concerns no place in particular. */
  readonly where: string | undefined;
}
/** How many entries of each section are shown. The counts are always whole. */
export interface Limits {
  /** Of strikes and of recoveries from them. */
  readonly strikes: number;
  readonly failures: number;
}

/** A part without entries has nothing to say. */
export function hasSomethingToSay({ entries, more }: Section): boolean {
  return entries.length > 0 || more !== undefined;
}
