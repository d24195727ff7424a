import type { InstanceObservation } from '#targets/instances/model.ts';

/**
 * Whether an instance that was terminated or stopped is shutting down, is gone, or has been started again since. With lifecycle
 * hooks it may keep running for an hour.
 */
export function hasEnded(
  { target: { instanceState, launchedAt, lifecycle = '' } }: InstanceObservation,
  struckAt: number,
): boolean {
  return (
    !['pending', 'running'].includes(instanceState ?? 'gone') ||
    lifecycle.startsWith('Terminating') ||
    (launchedAt !== undefined && launchedAt > struckAt)
  );
}
