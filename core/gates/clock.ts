import type { Gate } from './gate.ts';

/** Hours, freezes, vetoes and cooldowns depend on the clock: if it is wrong, none of them can be trusted. */
export const clock: Gate = {
  name: 'clock',
  summary:
    "The clock of the process differs from AWS's by more than 5 minutes, judged by the dates of AWS's answers. Hours, freezes and vetoes cannot be trusted then.",
  holds: 'live',
  check: ({ skewed }) =>
    skewed === undefined
      ? { open: true, text: "not seen to differ from AWS's by more than 5 minutes" }
      : { open: false, text: `${skewed}. Correct the clock of its host` },
};
