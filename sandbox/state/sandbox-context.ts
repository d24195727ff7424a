import type { Clock } from '#core/ports/clock.ts';
import type { Agenda } from './agenda.ts';
import type { Ids } from './ids.ts';

/** What all parts of one sandbox share. */
export interface SandboxContext {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly timings: Timings;
  readonly agenda: Agenda;
}

/** How long things take, in ms. */
export interface Timings {
  /** From `pending` to `running`. */
  readonly pendingMs: number;
  /** From `stopping` to `stopped`. */
  readonly stoppingMs: number;
  /** From `shutting-down` to `terminated`. */
  readonly shuttingDownMs: number;
  /** From an instance's end until its Auto Scaling group notices. */
  readonly healthCheckMs: number;
  /** From then until a new instance is launched in its place. */
  readonly replacementMs: number;
  /** From a first failed launch until the next attempt; each further delay is twice as long, up to an hour. */
  readonly launchRetryMs: number;
  /** For how long `LastUpdateStatus` of a Lambda function is `InProgress`. */
  readonly functionUpdateMs: number;
  /** For how long an event source mapping is `Enabling`, `Disabling` or `Updating`. */
  readonly mappingUpdateMs: number;
  /** From SendCommand until GetCommandInvocation knows of it. */
  readonly invocationListedMs: number;
  /** From SendCommand until the agent picks it up. */
  readonly commandPickUpMs: number;
  /** From then until the document's script has ended. */
  readonly commandRunMs: number;
  /** From a schedule's moment until its target is called: some time within a minute. */
  readonly scheduleDelayMs: number;
  /** From the first failed call of a schedule's target until the next; each further delay is twice as long. */
  readonly scheduleRetryMs: number;
  /** From the end of a minute until the metrics of that minute can be read. */
  readonly metricDelayMs: number;
}

/** About what AWS takes, which guarantees none of them. */
export const defaultTimings: Timings = {
  pendingMs: 20_000,
  stoppingMs: 30_000,
  shuttingDownMs: 30_000,
  healthCheckMs: 30_000,
  replacementMs: 30_000,
  launchRetryMs: 60_000,
  functionUpdateMs: 10_000,
  mappingUpdateMs: 30_000,
  invocationListedMs: 1_000,
  commandPickUpMs: 2_000,
  commandRunMs: 2_000,
  scheduleDelayMs: 30_000,
  scheduleRetryMs: 60_000,
  metricDelayMs: 60_000,
};
