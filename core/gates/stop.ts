import type { Gate } from './gate.ts';

/** The emergency stop: `./chaos stop`. */
export const stop: Gate = {
  name: 'stop',
  summary:
    'A stop is set (`./chaos stop`, lifted by `./chaos resume`), or the stop or the ledger cannot be read. Ends leashed runs too.',
  holds: 'always',
  check: ({ stop }) => {
    if (stop === 'unknown')
      return { open: false, text: 'the ledger could not be read, so a stop may be set' };
    if (stop === undefined) return { open: true, text: 'no stop is set' };
    return {
      open: false,
      text: `stopped by ${stop.by} at ${stop.at}: ${stop.reason}. Lift it with: ./chaos resume`,
    };
  },
};
