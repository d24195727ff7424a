/**
 * `fail`: prevents all strikes. `warn`: prevents some strikes, or may cause surprises. `unknown`: could not be checked.
 */
export type Level = 'ok' | 'warn' | 'fail' | 'unknown';

/** The result of a check. */
export interface Finding {
  readonly check: string;
  readonly level: Level;
  readonly text: string;
  /** The remedy: commands, or a sentence. */
  readonly help: readonly string[];
}

function finding(level: Level) {
  return (check: string, text: string, ...help: readonly string[]): Finding => ({ check, level, text, help });
}

export const ok = finding('ok');
export const warn = finding('warn');
export const fail = finding('fail');
export const unknown = finding('unknown');
