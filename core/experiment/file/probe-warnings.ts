import type { ProbeSpec } from '../../model/experiment.ts';
import type { Probe } from '../../ports/probe.ts';
import { timeText } from '../../util/time.ts';
import { credentialsIn, hasCredentials, isCredential } from './credentials.ts';
import type { FileWarning } from './file-warning.ts';

/** Who is measured, where it is in the file. */
export interface PlacedProbe {
  readonly spec: ProbeSpec;
  readonly path: readonly PropertyKey[];
}

/** What a probe may be told, and hardly should. */
export function probeWarnings(
  placed: readonly PlacedProbe[],
  probes: readonly Probe[],
): readonly FileWarning[] {
  return placed.flatMap((one) => [...neverSlow(one, probes), ...credentials(one)]);
}

/** The timeout is over first. */
function neverSlow({ spec, path }: PlacedProbe, probes: readonly Probe[]): readonly FileWarning[] {
  const probe = probes.find(({ type }) => type === spec.type);
  const limit = probe?.unit === 'ms' ? probe.limit?.(spec.parameters) : undefined;
  if (limit === undefined || limit <= spec.timeoutMs) return [];
  const text = `a sample without an answer after ${timeText(spec.timeoutMs)}, its timeout, is bad: none is ever as slow as ${timeText(limit)}`;
  return [{ path: [...path, 'expect', 'latency'], text }];
}

/** Whoever reads the file reads them too, and it is sent to AWS as it is. */
function credentials({ spec, path }: PlacedProbe): readonly FileWarning[] {
  const { headers = {}, url = '', body, payload } = Object(spec.parameters);
  const instead = 'all who read the file read it: { secret: ... } names the SSM parameter that holds it';
  const literal = Object.entries(headers).filter(
    ([name, value]) => typeof value === 'string' && isCredential(name, value),
  );
  const ofUrl = credentialsIn(url);
  return [
    ...literal.map(([name]) => ({ path: [...path, 'headers', name], text: `a credential? ${instead}` })),
    ...(ofUrl.length === 0
      ? []
      : [
          {
            path: [...path, 'url'],
            text: `credentials (${ofUrl.join(', ')})? All who read the file read them: send them in a header, as { secret: ... }`,
          },
        ]),
    ...(typeof body === 'string' && hasCredentials(body)
      ? [{ path: [...path, 'body'], text: `a credential? ${instead}` }]
      : []),
    ...(hasCredentials(payload)
      ? [
          {
            path: [...path, 'payload'],
            text: 'a credential? All who read the file read it: let the function look it up',
          },
        ]
      : []),
  ];
}
