import type { ChosenFault, Fault, FaultRegistry } from '../model/fault.ts';
import type { Target } from '../model/target.ts';

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
 * All that is called to see groups, inspect those about to be struck, and look after strikes. The same whatever the
 * configuration asks for, so that a gate can be turned on without a visit to every account.
 */
export const readActions = [
  'autoscaling:DescribeAutoScalingGroups',
  'autoscaling:DescribeInstanceRefreshes',
  'autoscaling:DescribeScalingActivities',
  'cloudwatch:DescribeAlarms',
  'ec2:DescribeInstanceAttribute',
  'ec2:DescribeInstances',
  'fis:GetSafetyLever',
] as const;

/**
 * The one of them that shows more than it is asked for here: the same call can read an instance's user data, which may hold
 * secrets. It is the only one on an instance (Service Authorization Reference; no key there tells the attributes apart), so the
 * role has it only on those that opted in.
 */
const attributeAction = 'ec2:DescribeInstanceAttribute';

/** The session policy of all that looks: it can look, in these regions, no further than the role itself can. */
export function readPolicy(regions: readonly string[]): PolicyDocument {
  return policy([lookStatement(readActions, regions)]);
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
  readonly faults: readonly Pick<Fault, 'permissions'>[];
}): PolicyDocument {
  const patterns = {
    instance: `arn:${scope.partition}:ec2:*:${scope.account}:instance/*`,
    autoScalingGroup: `arn:${scope.partition}:autoscaling:*:${scope.account}:autoScalingGroup:*:autoScalingGroupName/*`,
  };
  const optedIn = {
    StringEquals: {
      [`aws:ResourceTag/${scope.optIn.key}`]: scope.optIn.value,
      'aws:RequestedRegion': scope.regions,
    },
  };
  const strikes = Object.entries(patterns).flatMap(([on, pattern]): PolicyStatement[] => {
    const actions = scope.faults.flatMap(({ permissions }) =>
      permissions.filter((permission) => permission.on === on).map(({ action }) => action),
    );
    if (actions.length === 0) return [];
    return [
      {
        Sid: `Strike${on.charAt(0).toUpperCase()}${on.slice(1)}`,
        Effect: 'Allow',
        Action: [...new Set(actions)].sort(),
        Resource: [pattern],
        Condition: optedIn,
      },
    ];
  });
  return policy([
    lookStatement(
      readActions.filter((action) => action !== attributeAction),
      scope.regions,
    ),
    {
      Sid: 'LookAtAttribute',
      Effect: 'Allow',
      Action: [attributeAction],
      Resource: [patterns.instance],
      Condition: optedIn,
    },
    ...strikes,
  ]);
}

/** Names of Auto Scaling groups may hold what IAM reads as wildcards or variables. Source: IAM, "Policy variables". */
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
