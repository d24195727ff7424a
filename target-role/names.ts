/**
 * Names that the master account and its targets must agree on. Both sides import them from here.
 */

/** The role that `chaos_monkey` runs as. Fixed, so that a target account can be onboarded before the master exists. */
export const masterRoleName = 'chaos-monkey-master';
