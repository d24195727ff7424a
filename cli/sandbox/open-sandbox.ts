import { randomUUID } from 'node:crypto';
import { newId, newSecret } from '#aws/new-ids.ts';
import type { Config } from '#core/config/config.ts';
import type { Task } from '#core/config/task.ts';
import type { World } from '#core/ports/world.ts';
import { type StartedRun, startTask } from '#core/run/start-run.ts';
import { VirtualClock } from '#sandbox/clock.ts';
import { silentJournal as journal } from '#wiring/silent-journal.ts';
import type { CliContext } from '../context/cli-context.ts';
import { sandboxWorld } from './sandbox-world.ts';
import { findWindowOpening } from './window-opening.ts';

const timeMs = 5 * 60_000;

/** Creates a new sandbox, whose clock starts at the next opening of the schedule's window. */
export function openSandbox(
  config: Config,
  { terminal, clock: realClock }: Pick<CliContext, 'terminal' | 'clock'>,
): { readonly world: World; readonly start: (task: Task) => StartedRun } {
  const clock = new VirtualClock({ startsAt: findWindowOpening(config, realClock.now()), jumps: true });
  terminal.note('Running on a sandbox with a made-up fleet. Nothing real is touched.');
  return {
    world: sandboxWorld({ config, clock, journal, newSecret }).world,
    start: (task) => startTask(task, 'cli', { clock, newId, invocationId: randomUUID(), timeLeftMs: timeMs }),
  };
}
