import type { Deployment } from './deployment.ts';
import { findConfig, loadConfig } from './load-config.ts';

/** The zone in which people are told times: the deployed schedule's; else that of the configuration here; else UTC. */
export async function zoneOf(
  { configuration }: Pick<Deployment, 'configuration'>,
  options: { readonly config?: string | undefined },
  cwd: string,
): Promise<string> {
  if (configuration !== undefined) return configuration.schedule.timeZone;
  const here = await loadConfig(findConfig(options.config, cwd)).catch(() => undefined);
  return here?.schedule.timeZone ?? 'UTC';
}
