import type { ChosenFault, Fault, FaultRegistry } from '../model/fault.ts';
import type { ReadPermission, Target, TargetKind } from '../model/target.ts';

/** An IAM policy as data: the target role's, and the session policies that narrow it, come from here alone. */
export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly PolicyStatement[];
}
export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/**
 * The session policy of all that looks at targets of these kinds: it can look, in these regions, no further than the role itself
 * can. The same whatever the configuration asks for, so that a gate can be turned on without a visit to every account.
 */
export function readPolicy(
  kinds: readonly Pick<TargetKind, 'readPermissions'>[],
  regions: readonly string[],
): PolicyDocument {
  return policy([lookStatement(readActions(kinds), regions)]);
}

/** All that is called to look at targets of these kinds, each action once. */
export function readActions(kinds: readonly Pick<TargetKind, 'readPermissions'>[]): readonly string[] {
  return sorted(kinds.flatMap(({ readPermissions }) => readPermissions));
}

/** The session policy of strikes: these actions on these targets. Statements are merged, as 2,048 characters are all there is. */
export function strikePolicy(
  orders: readonly { readonly target: Target; readonly fault: ChosenFault }[],
  faults: FaultRegistry,
): PolicyDocument {
  const arnsByAction = new Map<string, Set<string>>();
  for (const { target, fault } of orders) {
    for (const { action, on, when } of faults.get(fault.name)?.permissions ?? []) {
      const arn = target.arns[on];
      if (arn === undefined || when?.(fault.parameters) === false) continue;
      arnsByAction.set(action, (arnsByAction.get(action) ?? new Set()).add(arn));
    }
  }
  return policy(
    [...arnsByAction].map(([action, arns], index) => ({
      Sid: `Strike${index}`,
      Effect: 'Allow',
      Action: [action],
      Resource: [...arns].map(literal),
    })),
  );
}

/**
 * The target role's policy. Every action that changes something, or can read what may be secret, is limited to resources of
 * this account that carry the opt-in tag. `partition`, `account` and `regions` may be deploy-time tokens.
 */
export function rolePolicy(scope: {
  readonly partition: string;
  readonly account: string;
  readonly regions: readonly string[];
  readonly optIn: { readonly key: string; readonly value: string };
  readonly kinds: readonly Pick<TargetKind, 'arnPatterns' | 'readPermissions'>[];
  readonly faults: readonly Pick<Fault, 'permissions'>[];
}): PolicyDocument {
  const { kinds, regions, optIn } = scope;
  const optedIn = {
    StringEquals: { [`aws:ResourceTag/${optIn.key}`]: optIn.value, 'aws:RequestedRegion': regions },
  };
  const patterns = kinds.flatMap(({ arnPatterns }) => Object.entries(arnPatterns));
  /** A statement for each resource type that any of these is called on. */
  const onOptedIn = (sid: string, permissions: readonly ReadPermission[]) =>
    patterns.flatMap(([type, pattern]): PolicyStatement[] => {
      const actions = sorted(permissions.filter(({ on }) => on === type));
      if (actions.length === 0) return [];
      return [
        {
          Sid: `${sid}${type.charAt(0).toUpperCase()}${type.slice(1)}`,
          Effect: 'Allow',
          Action: actions,
          Resource: [pattern(scope)],
          Condition: optedIn,
        },
      ];
    });
  const reads: readonly ReadPermission[] = kinds.flatMap(({ readPermissions }) => readPermissions);
  return policy([
    lookStatement(sorted(reads.filter(({ on }) => on === undefined)), regions),
    ...onOptedIn('LookAt', reads),
    ...onOptedIn(
      'Strike',
      scope.faults.flatMap(({ permissions }) => permissions),
    ),
  ]);
}

/** The actions, each once. */
function sorted(permissions: readonly ReadPermission[]): readonly string[] {
  return [...new Set(permissions.map(({ action }) => action))].sort();
}

/** Names of resources, e.g. of Auto Scaling groups, may hold what IAM reads as wildcards or variables. Source: IAM, "Policy variables". */
function literal(arn: string): string {
  return arn.replaceAll(/[*?$]/g, (character) => `\${${character}}`);
}

function lookStatement(actions: readonly string[], regions: readonly string[]): PolicyStatement {
  return {
    Sid: 'Look',
    Effect: 'Allow',
    Action: actions,
    Resource: ['*'],
    Condition: { StringEquals: { 'aws:RequestedRegion': regions } },
  };
}

function policy(statements: readonly PolicyStatement[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: statements };
}
