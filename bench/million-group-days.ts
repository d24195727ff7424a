import { simulate } from '#core/simulate/simulate.ts';
import { faults } from '#faults/registry.ts';
import { kinds } from '#wiring/kinds.ts';
import { wideConfig } from './wide-config.ts';

/** Simulates 1,000 groups over 1,000 work days. */
export function millionGroupDays(): { readonly wallMs: number; readonly deviationPercent: number } {
  const startedAt = performance.now();
  const { gap } = simulate({
    rate: { meanDays: 10, minDays: 5 },
    ...{ days: 1_000, groups: 1_000, from: '2026-01-01', seed: '1', faults, kinds },
    config: wideConfig(1),
  });
  const wallMs = performance.now() - startedAt;
  return { wallMs, deviationPercent: gap.deviationPercent ?? Number.NaN };
}
