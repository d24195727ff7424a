import type { Condition } from '../model/fault.ts';
import type { PlaceOfRole } from '../model/target.ts';
import { type PolicyDocument, type PolicyStatement, policyOf } from './policy-document.ts';

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
): PolicyDocument {
  const inRegions = { 'aws:RequestedRegion': regions };
  return policyOf(
    calls.map(({ action, on, condition = {} }, index): PolicyStatement => {
      const { StringEquals = {}, ...others } = condition;
      return {
        Sid: `Probe${index + 1}`,
        Effect: 'Allow',
        Action: [action],
        Resource: [on?.(place) ?? '*'],
        Condition: { ...others, StringEquals: { ...StringEquals, ...inRegions } },
      };
    }),
  );
}
