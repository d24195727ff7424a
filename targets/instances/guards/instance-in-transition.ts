import type { InstanceGuard } from '../model.ts';

/** Auto Scaling's lifecycle states on the way in or out, with `:Wait` and `:Proceed`. */
const movingLifecycle =
  /^(Warmed:)?(Pending|Terminating|Terminated|Detaching|Detached|ReplacingRootVolume)(:|$)/;
/** EC2's. */
const movingState: readonly string[] = ['pending', 'stopping', 'shutting-down'];

/** On its way in or out: a lifecycle hook may be at work on it. */
export const instanceInTransition: InstanceGuard<'candidate'> = {
  code: 'instance-in-transition',
  summary: 'The instance is pending, terminating, detaching or stopping, or waits for a lifecycle hook.',
  needs: 'candidate',
  check: ({ member, instance }) => {
    if (movingLifecycle.test(member.lifecycle)) return { passes: false, saw: member.state };
    // The lifecycle of a standalone instance is EC2's state.
    const state = [member.lifecycle, instance?.state].find((one) => movingState.includes(one ?? ''));
    return state === undefined
      ? { passes: true, saw: member.state }
      : { passes: false, saw: `${state} in EC2` };
  },
};
