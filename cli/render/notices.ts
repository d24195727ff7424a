/** To be said where something is set that later claims obey. */
export const inFlightNotice = 'Strikes already claimed may finish within about 15 seconds.';
