/** For commands that set something that only later claims obey. */
export const inFlightNotice = 'Strikes already claimed may finish within about 15 seconds.';
