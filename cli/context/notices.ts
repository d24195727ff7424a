/** To be said where something is set that later claims obey. */
export const underWay =
  'A strike that was claimed before may still be under way, for up to about 15 seconds.';
