import type { TargetSeen } from '#core/fault.ts';

/** Whether an instance that was to end or to stop is on its way or gone. With lifecycle hooks it may run on for an hour. */
export function ended({ instanceState, lifecycle = '' }: TargetSeen): boolean {
  return !['pending', 'running'].includes(instanceState ?? 'gone') || lifecycle.startsWith('Terminating');
}
