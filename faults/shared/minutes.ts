import * as z from 'zod';

/** How long a fault lasts. The configuration sets the longest time that it allows. */
export const minutes = z.number().min(1).max(60).default(5);
