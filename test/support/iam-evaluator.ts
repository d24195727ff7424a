import { type EvaluationResult, runSimulation } from '@cloud-copilot/iam-simulate';

/** One call, and the policies that have a say in it. */
export interface IamCall {
  /** ARN of the role behind the session that calls: `aws:PrincipalArn`; or a service of AWS: `events.amazonaws.com`. */
  readonly role: string;
  readonly action: string;
  /** ARN, or `*` for an action without resource-level permissions. One that names no account is in the caller's. */
  readonly resource: string;
  readonly region: string;
  /** `aws:CurrentTime`, epoch ms. */
  readonly at?: number;
  /** Tags of the resource; of a bucket, only if its ABAC is enabled. */
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
  return (await evaluate(call)) === 'Allowed';
}

/** Whether a policy denies it, rather than none allowing it. */
export async function isDeniedExplicitly(call: IamCall): Promise<boolean> {
  return (await evaluate(call)) === 'ExplicitlyDenied';
}

async function evaluate(given: IamCall): Promise<EvaluationResult> {
  const call = given.action.startsWith('apigateway:') ? asFirstVersion(given) : given;
  const isService = !call.role.startsWith('arn:');
  const resourceOwner = accountOf(call.resource);
  const principalAccount = accountOf(call.role) ?? resourceOwner ?? nobody;
  const resourceAccount = resourceOwner ?? principalAccount;
  const { [principalAccount]: principalOrg, [resourceAccount]: resourceOrg } = call.organizations ?? {};
  const answer = await runSimulation(
    {
      request: {
        principal: isService
          ? call.role
          : `arn:aws:sts::${principalAccount}:assumed-role/${call.role.split('/').at(-1)}/session`,
        action: call.action,
        resource: { resource: call.resource, accountId: resourceAccount },
        contextVariables: {
          ...(!isService && { 'aws:PrincipalArn': call.role, 'aws:PrincipalAccount': principalAccount }),
          'aws:ResourceAccount': resourceAccount,
          'aws:RequestedRegion': call.region,
          'aws:SecureTransport': 'true',
          'aws:PrincipalIsAWSService': String(isService),
          ...(call.at !== undefined && { 'aws:CurrentTime': new Date(call.at).toISOString() }),
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
      additionalSettings: { s3: { bucketAbacEnabled: true } },
    },
    { simulationMode: 'Strict' },
  );
  if (answer.resultType === 'error') throw new Error(JSON.stringify(answer.errors));
  return answer.overallResult;
}

/**
 * The reference data has the resource types of API Gateway's second version, with the same condition keys, but its actions name only
 * those of the first: an API is evaluated as one of these.
 */
function asFirstVersion(call: IamCall): IamCall {
  const text = JSON.stringify(call).replaceAll('::/apis/', '::/restapis/');
  return JSON.parse(text) as IamCall;
}

/** Whose the resource is where neither it nor the caller says so. */
const nobody = '000000000000';

/** Organizations attaches it everywhere: service control policies take away, and this is what from. */
const fullAccess = {
  name: 'FullAWSAccess',
  policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
};

function accountOf(arn: string): string | undefined {
  return arn.split(':')[4] || undefined;
}
