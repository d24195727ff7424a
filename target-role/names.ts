/** The role that `chaos_monkey` runs as. Fixed, so that a target account can be onboarded before the master is deployed. */
export const masterRoleName = 'chaos-monkey-master';
/** The role that `chaos_janitor` runs as, and that people undo with from anywhere. */
export const janitorRoleName = 'chaos-janitor';
