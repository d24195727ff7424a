import type { TargetSeen } from '#core/model/target.ts';

/**
 * Whether an instance that was to end or to stop is on its way, or gone, or was started again since. With lifecycle hooks it
 * may run on for an hour.
 */
export function hasEnded(
  { instanceState, launchedAt, lifecycle = '' }: TargetSeen,
  struckAt: number,
): boolean {
  return (
    !['pending', 'running'].includes(instanceState ?? 'gone') ||
    lifecycle.startsWith('Terminating') ||
    (launchedAt !== undefined && launchedAt > struckAt)
  );
}
