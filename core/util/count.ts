import * as z from 'zod';

export const Count = z.int().nonnegative();
