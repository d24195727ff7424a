/** To be said where something is set that later claims obey. */
export const underWay = 'Strikes already claimed may finish within about 15 seconds.';
