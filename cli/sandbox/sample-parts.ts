import type { Experiment, ProbeSpec } from '#core/model/experiment.ts';
import { shopHost, webHost } from './sample-config.ts';

/** Kinds of groups that the shop has, and the web group. */
const shopKinds: ReadonlySet<string> = new Set(['function', 'http-api', 'bucket', 'table']);
const webKind = 'asg';

/** Which demonstrations an experiment needs: those that it strikes, and those that its probes ask. */
export function samplePartsOf({
  steadyState,
  observations,
  method,
}: Pick<Experiment, 'steadyState' | 'observations' | 'method'>): {
  readonly shop: boolean;
  readonly web: boolean;
} {
  const probes = [...steadyState.probes, ...observations];
  const hosts = new Set(probes.flatMap((probe) => urlOf(probe)?.host ?? []));
  const groups = probes.flatMap(
    ({ parameters }) => String(Object(parameters).group ?? '').split('/')[2] ?? [],
  );
  const kinds = [...method.map(({ target }) => target.kind), ...groups];
  return {
    shop: hosts.has(shopHost) || kinds.some((kind) => shopKinds.has(kind)),
    web: hosts.has(webHost) || kinds.includes(webKind),
  };
}

/** Of what a probe asks, if it asks a URL. */
export function urlOf({ parameters }: ProbeSpec): URL | undefined {
  return URL.parse(String(Object(parameters).url)) ?? undefined;
}
