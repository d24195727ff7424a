import type { InstanceGuard } from '../model.ts';

/** Auto Scaling's transitional lifecycle states, including `:Wait` and `:Proceed`. */
const movingLifecycle =
  /^(Warmed:)?(Pending|Terminating|Terminated|Detaching|Detached|ReplacingRootVolume)(:|$)/;
/** EC2's transitional states. */
const movingState: readonly string[] = ['pending', 'stopping', 'shutting-down'];

/** Lifecycle hooks may be running on it. */
export const instanceInTransition: InstanceGuard<'candidate'> = {
  code: 'instance-in-transition',
  summary: 'The instance is pending, terminating, detaching or stopping, or is waiting for a lifecycle hook.',
  needs: 'candidate',
  check: ({ member, instance }) => {
    if (movingLifecycle.test(member.lifecycle)) return { passes: false, saw: member.state };
    // For a standalone instance, `lifecycle` is EC2's state.
    const state = [member.lifecycle, instance?.state].find((one) => movingState.includes(one ?? ''));
    return state === undefined
      ? { passes: true, saw: member.state }
      : { passes: false, saw: `${state} in EC2` };
  },
};
