import type { ConfigInput } from '#core/config/config.ts';
import type { Simulation } from '#core/simulate/simulate.ts';
import { type SimulationParts, simulate } from '#core/simulate/simulate.ts';
import { faults } from '#faults/registry.ts';
import { kinds } from '#wiring/kinds.ts';
import { aConfig } from './a-config.ts';

type Overrides = Partial<Omit<SimulationParts, 'config'>> & { readonly config?: Partial<ConfigInput> };

/** A simulation; of the rate 5 and 3, over 100 days of 10 groups, if nothing else is said. */
export function aSimulation({ config, ...overrides }: Overrides = {}): Simulation {
  return simulate({
    rate: { meanDays: 5, minDays: 3 },
    groups: 10,
    days: 100,
    from: '2026-01-01',
    seed: '1',
    faults,
    kinds,
    ...overrides,
    config: aConfig(config),
  });
}
