import { parseRequest, type RunRequestInput } from '#core/config/run-request.ts';
import { type Run, startRun } from '#core/run/start-run.ts';
import { faults } from '#faults/registry.ts';
import type { FakeWorld } from './a-world.ts';

/** A live run unless the request says otherwise, with five minutes to go. */
export function aRun(world: FakeWorld, request: RunRequestInput = {}, id = '00000001'): Run {
  return startRun(parseRequest({ dryRun: false, ...request }, world.config, faults), 'invoke', {
    clock: world.clock,
    newId: () => id,
    invocationId: id,
    timeLeftMs: 300_000,
  });
}
