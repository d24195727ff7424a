import * as z from 'zod';

/** The ARN of a role, its path included. In a condition, `*` and `?` would be wildcards. */
export const principal = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,576}$/,
    'expected the ARN of a role, such as "arn:aws:iam::111122223333:role/orders"',
  );
