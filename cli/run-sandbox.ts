import { randomUUID } from 'node:crypto';
import { newId, newSecret } from '#aws/world.ts';
import type { Config } from '#core/config.ts';
import type { RunReport } from '#core/report.ts';
import type { RunRequestInput } from '#core/request.ts';
import { run } from '#core/run.ts';
import { startRun } from '#core/start-run.ts';
import { VirtualClock } from '#sandbox/clock.ts';
import { embeddedAws } from './shared/embedded-aws.ts';
import { requestFrom } from './shared/request.ts';
import { silentJournal as journal } from './shared/silent-journal.ts';
import type { Surroundings } from './shared/surroundings.ts';
import { windowOpening } from './shared/window-opening.ts';

const timeMs = 5 * 60_000;

/** A run on an embedded AWS that is new each time, and whose clock stands at the next opening of the schedule's window. */
export async function runSandbox(
  input: RunRequestInput,
  config: Config,
  { terminal, clock: realClock }: Surroundings,
): Promise<RunReport> {
  const request = requestFrom(input, config);
  const startsAt = windowOpening(config.schedule, realClock.now());
  const clock = new VirtualClock({ startsAt, jumps: true });
  terminal.note('On an embedded AWS with a made-up fleet. Nothing real is touched.');
  const { world } = embeddedAws({ config, clock, journal, newSecret });
  return run(
    startRun(request, 'cli', { clock, newId, invocationId: randomUUID(), timeLeftMs: timeMs }),
    world,
  );
}
