import type { ChosenFault, Fault, FaultRegistry } from '../model/fault.ts';
import type { ReadPermission, Target, TargetKind } from '../model/target.ts';

/** An IAM policy as data. The target role's policy and all session policies are built in this file. */
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
 * The session policy for reading targets of these kinds in these regions, as far as the role allows. It does not depend on which
 * gates are configured, so that turning one on needs no change in the accounts.
 */
export function readPolicy(
  kinds: readonly Pick<TargetKind, 'readPermissions'>[],
  regions: readonly string[],
): PolicyDocument {
  return policy([lookStatement(readActions(kinds), regions)]);
}

/** All actions that reading targets of these kinds needs, without duplicates. */
export function readActions(kinds: readonly Pick<TargetKind, 'readPermissions'>[]): readonly string[] {
  return sortActions(kinds.flatMap(({ readPermissions }) => readPermissions));
}

/** The session policy for strikes: only these actions on these targets. Statements are merged, as the limit is 2,048 characters. */
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
      Resource: [...arns].map(escapeArn),
    })),
  );
}

/**
 * The target role's policy. Every action that changes something or may read secrets is limited to this account's resources with
 * the opt-in tag. `partition`, `account` and `regions` may be deploy-time tokens.
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
  /** One statement per resource type of these permissions. */
  const onOptedIn = (sid: string, permissions: readonly ReadPermission[]) =>
    patterns.flatMap(([type, pattern]): PolicyStatement[] => {
      const actions = sortActions(permissions.filter(({ on }) => on === type));
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
    lookStatement(sortActions(reads.filter(({ on }) => on === undefined)), regions),
    ...onOptedIn('LookAt', reads),
    ...onOptedIn(
      'Strike',
      scope.faults.flatMap(({ permissions }) => permissions),
    ),
  ]);
}

/** The actions, sorted and without duplicates. */
function sortActions(permissions: readonly ReadPermission[]): readonly string[] {
  return [...new Set(permissions.map(({ action }) => action))].sort();
}

/** Escapes IAM's wildcards and variables, which a name may contain. Source: IAM User Guide, "Policy variables". */
function escapeArn(arn: string): string {
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
