import type { Reach } from '#core/ports/reach.ts';

/** Nothing is in reach: for worlds in which no fault lasts. */
export const nowhere: Reach = {
  injector: () => {
    throw new Error('nothing is in reach');
  },
  arm: async () => {},
  disarm: async () => {},
};
