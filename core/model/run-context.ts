/** `id`: 8 hex digits. */
export function runIdOf(now: number, id: string): string {
  return `${new Date(now).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z-${id}`;
}

/** A run's name and its time. */
export interface RunContext {
  /** `20261123T090000Z-3f9a1c2b`: sorts by time, fits a session name. */
  readonly runId: string;
  /** Epoch ms after which no call to a target account is begun or retried, so that there is time to record and announce. */
  readonly deadline: number;
  /** The same for the survey, earlier, so that slow accounts leave time for the strikes. */
  readonly surveyBy: number;
}
