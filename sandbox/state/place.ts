import type { SandboxContext } from './sandbox-context.ts';

/** Where something is: what its ARN is made of, and what it shares with the rest of the sandbox. */
export interface Place {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly context: SandboxContext;
}

/** `resource` as the service writes it: `function:web`. */
export function arnIn(place: Place, service: string, resource: string): string {
  return `arn:${place.partition}:${service}:${place.region}:${place.account}:${resource}`;
}
