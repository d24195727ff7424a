import type { Condition } from '../model/fault.ts';
import type { PlaceOfRole } from '../model/target.ts';
import {
  actionsOf,
  type DenyAllButStatement,
  neverElsewhere,
  type PolicyDocument,
  type PolicyStatement,
  policyOf,
} from './policy-document.ts';

/** What a probe calls in a target account. */
export interface ProbeCall {
  readonly action: `${string}:${string}`;
  /** The ARNs that it is called on; left out where IAM cannot limit it. */
  on?(place: PlaceOfRole): string;
  readonly condition?: Condition;
}

/** The session policy of probes in a target account: it measures, in these regions, and no more than the role itself may. */
export function probePolicy(
  calls: readonly ProbeCall[],
  place: PlaceOfRole,
  regions: readonly string[],
): PolicyDocument<PolicyStatement | DenyAllButStatement> {
  return policyOf([...probeStatements(calls, place), neverElsewhere(regions)]);
}

/** The same in the role's policy and in that of the session: one statement for all calls on the same resources. */
export function probeStatements(calls: readonly ProbeCall[], place: PlaceOfRole): readonly PolicyStatement[] {
  const resourceOf = ({ on }: ProbeCall) => on?.(place) ?? '*';
  const groups = Map.groupBy(calls, (call) => JSON.stringify([resourceOf(call), call.condition]));
  return [...groups.values()].flatMap(([first, ...others], index): readonly PolicyStatement[] => {
    if (first === undefined) return [];
    const { condition } = first;
    return [
      {
        Sid: `Probe${index + 1}`,
        Effect: 'Allow',
        Action: actionsOf([first, ...others]),
        Resource: [resourceOf(first)],
        ...(condition !== undefined && { Condition: condition }),
      },
    ];
  });
}
