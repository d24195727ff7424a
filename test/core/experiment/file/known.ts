import type { Known } from '#core/experiment/file/known.ts';
import { faults } from '#faults/registry.ts';
import { probes } from '#probes/registry.ts';
import { kinds } from '#targets/registry.ts';
import { aConfig } from '../../../support/a-config.ts';

/** Everything there is, and all of it enabled. */
export const known: Known = {
  config: aConfig({
    faults: [...faults.keys()],
    experiments: { hosts: ['shop.example.com', 'web.example.com'] },
  }),
  faults,
  kinds,
  probes,
};
