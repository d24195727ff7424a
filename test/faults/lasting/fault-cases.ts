import { faults } from '#faults/registry.ts';
import type { FaultCase } from './fault-case.ts';

const lasting = [...faults.values()].filter((fault) => fault.lasts);

/** Every fault that lasts, with its case. */
export const faultCases = await Promise.all(
  lasting.map(async (fault) => {
    const module = (await import(`./cases/${fault.name}.ts`)) as { readonly faultCase: FaultCase };
    return { fault, name: fault.name, faultCase: module.faultCase };
  }),
);
