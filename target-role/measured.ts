import type { Config } from '#core/config/config.ts';
import type { ProbePermission } from '#core/ports/probe.ts';
import { callsBy } from '#probes/shared/calls-by.ts';

/** What probes call in a target account: nothing, unless experiments run in AWS. */
export function measuredCalls({ experiments }: Pick<Config, 'experiments'>): readonly ProbePermission[] {
  return experiments.deploy ? callsBy('target') : [];
}
