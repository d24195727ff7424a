import * as z from 'zod';

/**
 * Formats of AWS names in input. Sources: the IAM, STS and EC2 API references.
 */
export const AccountId = z
  .string('expected a 12-digit account id in quotes')
  .regex(/^\d{12}$/, { error: 'expected a 12-digit account id', abort: true });
export type AccountId = z.infer<typeof AccountId>;

export const Region = z
  .string('expected a region such as "eu-west-1"')
  .regex(/^[a-z]{2,4}(-[a-z]+){1,3}-\d$/, { error: 'expected a region such as "eu-west-1"', abort: true });
export type Region = z.infer<typeof Region>;

export const RoleName = z
  .string('expected an IAM role name')
  .regex(/^[\w+=,.@-]{1,64}$/, 'expected an IAM role name: 1 to 64 of letters, digits and _+=,.@-');

export const ExternalId = z
  .string('expected an external id')
  .regex(/^[\w+=,.@:/-]{2,1224}$/, 'expected an external id: 2 to 1224 of letters, digits and _+=,.@:/-');

export const OrganizationId = z
  .string('expected an organization id such as "o-a1b2c3d4e5"')
  .regex(/^o-[a-z0-9]{10,32}$/, 'expected an organization id such as "o-a1b2c3d4e5"');

/** `aws:` is reserved by AWS for its own tags. */
export const TagKey = z
  .string('expected a tag key')
  .regex(
    /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u,
    'expected a tag key of 1 to 128 characters, not starting with "aws:"',
  );

export const TagValue = z
  .string('expected a tag value')
  .regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,256}$/u, 'expected a tag value of 1 to 256 characters');

const inIam = 'expected only characters that IAM accepts in a policy: Latin-1, up to U+00FF';
/** The opt-in tag is in a condition of the role's policy. Source: IAM API reference, PutRolePolicy, PolicyDocument. */
const iamText = /^[\t\n\r\u0020-\u00ff]+$/;
export const OptInTag = z.strictObject({
  key: TagKey.regex(iamText, inIam).describe('Its key. Only Latin-1 characters, as IAM policies contain it.'),
  value: TagValue.regex(iamText, inIam)
    .max(64, 'expected at most 64 characters, as every statement of the policies of roles repeats it')
    .describe('Its value: Latin-1 characters only, at most 64.'),
});

/** Rejects `*` and `?`, which are wildcards in IAM policies. */
export const ParameterName = z
  .string('expected the name of an SSM parameter')
  .regex(/^\/[\w.\-/]{1,1010}$/, 'expected the name of an SSM parameter, such as "/chaos/slack-webhook"');

const aCalendar = 'expected the name or the ARN of a change calendar';
/** The name of an SSM document in the same account, or the ARN of a shared one. No wildcards, as above. */
export const CalendarName = z
  .string(aCalendar)
  .regex(/^(arn:aws[a-z-]*:ssm:[a-z0-9-]+:\d{12}:document\/)?[\w.-]{3,128}$/, aCalendar);

/** Region prefixes outside the commercial partition. Source: the partitions in the AWS SDK. */
const partitions = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['us-iso-', 'aws-iso'],
  ['us-isob-', 'aws-iso-b'],
  ['eu-isoe-', 'aws-iso-e'],
  ['us-isof-', 'aws-iso-f'],
  ['eusc-', 'aws-eusc'],
] as const;

/** A region's partition, as in ARNs. */
export function partitionOf(region: string): string {
  return partitions.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';
}

/** `arn:aws:ssm:eu-west-1:111122223333:document/change-freeze`. An ARN is returned as is. */
export function calendarArn(partition: string, region: string, account: string, nameOrArn: string): string {
  return nameOrArn.startsWith('arn:')
    ? nameOrArn
    : `arn:${partition}:ssm:${region}:${account}:document/${nameOrArn}`;
}

/** `arn:aws:iam::111122223333:role/chaos-monkey-target`. The parts may be deploy-time tokens. */
export function roleArn(partition: string, account: string, roleName: string): string {
  return `arn:${partition}:iam::${account}:role/${roleName}`;
}
