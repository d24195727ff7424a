import { runSimulation } from '@cloud-copilot/iam-simulate';

/** One call, and the policies that have a say in it. */
export interface IamCall {
  /** ARN of the role behind the session that calls: `aws:PrincipalArn`. */
  readonly role: string;
  readonly action: string;
  /** ARN, or `*` for an action without resource-level permissions. */
  readonly resource: string;
  readonly region: string;
  /** Tags of the resource. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** Organizations, by account id; an account that is not there is in none. */
  readonly organizations?: Readonly<Record<string, string>>;
  /** Condition keys besides those that follow from the rest: `sts:ExternalId`. */
  readonly context?: Readonly<Record<string, string | string[]>> | undefined;
  /** The role's own policies. */
  readonly identityPolicies: readonly object[];
  /** What the session was narrowed to. */
  readonly sessionPolicy?: object | undefined;
  /** Of the account's organization, beside the one that allows all. */
  readonly serviceControlPolicy?: object;
  /** Of the resource itself: the trust policy of a role that is to be assumed. */
  readonly resourcePolicy?: object | undefined;
}

/**
 * Whether IAM would allow a call: evaluated by iam-simulate, which knows which condition keys an action has and lets no other
 * match. Throws for a policy that IAM would not take.
 */
export async function isAllowed(call: IamCall): Promise<boolean> {
  const principalAccount = accountOf(call.role);
  const resourceAccount = call.resource === '*' ? principalAccount : accountOf(call.resource);
  const { [principalAccount]: principalOrg, [resourceAccount]: resourceOrg } = call.organizations ?? {};
  const answer = await runSimulation(
    {
      request: {
        principal: `arn:aws:sts::${principalAccount}:assumed-role/${call.role.split('/').at(-1)}/session`,
        action: call.action,
        resource: { resource: call.resource, accountId: resourceAccount },
        contextVariables: {
          'aws:PrincipalArn': call.role,
          'aws:PrincipalAccount': principalAccount,
          'aws:ResourceAccount': resourceAccount,
          'aws:RequestedRegion': call.region,
          'aws:SecureTransport': 'true',
          ...(principalOrg !== undefined && { 'aws:PrincipalOrgID': principalOrg }),
          ...(resourceOrg !== undefined && { 'aws:ResourceOrgID': resourceOrg }),
          ...Object.fromEntries(
            Object.entries(call.tags ?? {}).map(([key, value]) => [`aws:ResourceTag/${key}`, value]),
          ),
          ...call.context,
        },
      },
      identityPolicies: call.identityPolicies.map((policy, index) => ({ name: `policy-${index}`, policy })),
      sessionPolicy: call.sessionPolicy,
      resourcePolicy: call.resourcePolicy,
      serviceControlPolicies:
        call.serviceControlPolicy === undefined
          ? []
          : [
              {
                orgIdentifier: 'root',
                policies: [fullAccess, { name: 'scp', policy: call.serviceControlPolicy }],
              },
            ],
      resourceControlPolicies: [],
    },
    { simulationMode: 'Strict' },
  );
  if (answer.resultType === 'error') throw new Error(JSON.stringify(answer.errors));
  return answer.overallResult === 'Allowed';
}

/** Organizations attaches it everywhere: service control policies take away, and this is what from. */
const fullAccess = {
  name: 'FullAWSAccess',
  policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
};

function accountOf(arn: string): string {
  const account = arn.split(':')[4];
  if (account === undefined || account === '') throw new Error(`no account in ${arn}`);
  return account;
}
