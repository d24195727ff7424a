/**
 * `fail`: no strike while it is so. `warn`: strikes, but not all, or not as somebody may expect. `unknown`: it could not be checked.
 */
export type Level = 'ok' | 'warn' | 'fail' | 'unknown';

/** What a check came to. */
export interface Finding {
  readonly check: string;
  readonly level: Level;
  readonly text: string;
  /** What helps: commands, or a sentence. */
  readonly help: readonly string[];
}

function finding(level: Level) {
  return (check: string, text: string, ...help: readonly string[]): Finding => ({ check, level, text, help });
}

export const ok = finding('ok');
export const warn = finding('warn');
export const fail = finding('fail');
export const unknown = finding('unknown');
