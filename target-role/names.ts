/** The role that `chaos_monkey` runs as. Fixed, so that a target account can be onboarded before the master is deployed. */
export const masterRoleName = 'chaos-monkey-master';

/** The role that `chaos_janitor` runs as, and that `./chaos undo` assumes. Undo roles trust it. */
export const janitorRoleName = 'chaos-janitor';
