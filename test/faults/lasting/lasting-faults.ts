import { faults } from '#faults/registry.ts';
import type { FaultCase } from './fault-case.ts';

/** Every fault that lasts, with its case. */
export const lastingFaults = await Promise.all(
  [...faults.values()]
    .filter((fault) => fault.lasts)
    .map(async (fault) => {
      const module = (await import(`./cases/${fault.name}.ts`)) as { readonly faultCase: FaultCase };
      return { fault, name: fault.name, faultCase: module.faultCase };
    }),
);
