import * as z from 'zod';

const anId = 'expected the id of a run such as "20261123T090000Z-3f9a1c2b"';

export const RunId = z.string(anId).regex(/^\d{8}T\d{6}Z-[0-9a-f]{8}$/, anId);

/** `id`: 8 hex digits. */
export function runIdOf(now: number, id: string): string {
  return `${new Date(now).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z-${id}`;
}

/** Epoch ms at which a run has begun, by its id; undefined if there is no such moment. */
export function momentOfRunId(id: string): number | undefined {
  const moment = Date.parse(id.replace(/^(....)(..)(..T..)(..)(..Z).*$/, '$1-$2-$3:$4:$5'));
  // `20260230` is a moment to some, and another one.
  return !Number.isNaN(moment) && runIdOf(moment, id.slice(-8)) === id ? moment : undefined;
}

/** A run's id and its deadlines. */
export interface RunContext {
  /** `20261123T090000Z-3f9a1c2b`: sorts by time, fits a session name. */
  readonly runId: string;
  /** Epoch ms after which no call to a target account is started or retried: the rest is for recording and announcing. */
  readonly deadline: number;
  /** The earlier deadline of the survey, so that slow accounts leave time for strikes. */
  readonly surveyBy: number;
}
