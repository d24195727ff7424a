import {
  type AssumeRoleRequest,
  type AssumeRoleResponse,
  MalformedPolicyDocumentException,
} from '@aws-sdk/client-sts';
import type { Access, Operation, Scope } from '../service.ts';
import { stsErrors, validationError } from './errors.ts';
import type { Role } from './role.ts';

/** The limit for role chaining, and the default maximum of a role. */
const maxSeconds = 3600;
const minSeconds = 900;
const policyCharacters = 2048;

export const assumeRole: Operation<AssumeRoleRequest, AssumeRoleResponse> = {
  action: 'sts:AssumeRole',
  inputs: ['RoleArn', 'RoleSessionName', 'ExternalId', 'Policy', 'SourceIdentity', 'DurationSeconds'],
  requires: (input, scope) => [
    access('sts:AssumeRole', input, scope),
    // A session with a source identity requires this as well, on both sides.
    ...(input.SourceIdentity === undefined ? [] : [access('sts:SetSourceIdentity', input, scope)]),
  ],
  run: (input, scope) => {
    const { RoleSessionName = '', Policy, SourceIdentity, DurationSeconds = maxSeconds } = input;
    checkName('roleSessionName', RoleSessionName);
    if (SourceIdentity !== undefined) checkName('sourceIdentity', SourceIdentity);
    checkDuration(DurationSeconds);
    if (Policy !== undefined) checkPolicy(Policy);
    const role = findRole(input.RoleArn, scope);
    if (role === undefined || !trusts(role, input, scope)) {
      throw stsErrors.denied(
        `User: ${scope.identity.arn} is not authorized to perform: sts:AssumeRole on resource: ${input.RoleArn}`,
      );
    }
    const expiresAt = scope.now + DurationSeconds * 1000;
    const { identity, accessKeyId, secretAccessKey, sessionToken } = scope.sessions.open({
      role,
      name: RoleSessionName,
      policy: Policy,
      sourceIdentity: SourceIdentity ?? scope.identity.sourceIdentity,
      expiresAt,
    });
    return {
      Credentials: {
        AccessKeyId: accessKeyId,
        SecretAccessKey: secretAccessKey,
        SessionToken: sessionToken,
        Expiration: new Date(expiresAt),
      },
      AssumedRoleUser: { Arn: identity.arn, AssumedRoleId: identity.userId },
      ...(identity.sourceIdentity !== undefined && { SourceIdentity: identity.sourceIdentity }),
    };
  },
};

function trusts({ trust }: Role, { ExternalId }: AssumeRoleRequest, { identity }: Scope): boolean {
  return (
    [trust.principal].flat().includes(identity.principal) &&
    (trust.externalId === undefined || trust.externalId === ExternalId)
  );
}

function findRole(arn: string | undefined, scope: Scope): Role | undefined {
  const account = /^arn:[\w-]+:iam::(\d{12}):role\//.exec(arn ?? '')?.[1];
  return account === undefined ? undefined : scope.account(account)?.roles.get(arn ?? '');
}

function access(action: string, input: AssumeRoleRequest, scope: Scope): Access {
  const trustPolicy = findRole(input.RoleArn, scope)?.trust.policy;
  return {
    action,
    resource: input.RoleArn ?? '*',
    context: {
      ...(input.ExternalId !== undefined && { 'sts:ExternalId': input.ExternalId }),
      ...(input.RoleSessionName !== undefined && { 'sts:RoleSessionName': input.RoleSessionName }),
      ...(input.SourceIdentity !== undefined && { 'sts:SourceIdentity': input.SourceIdentity }),
    },
    ...(trustPolicy !== undefined && { trustPolicy }),
  };
}

function checkName(member: string, name: string): void {
  if (/^[\w+=,.@-]{2,64}$/.test(name)) return;
  throw validationError(
    `1 validation error detected: Value '${name}' at '${member}' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]* and have length between 2 and 64`,
  );
}

function checkDuration(seconds: number): void {
  if (seconds < minSeconds) {
    throw validationError(
      `1 validation error detected: Value '${seconds}' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to ${minSeconds}`,
    );
  }
  if (seconds > maxSeconds) {
    throw validationError(
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    );
  }
}

function checkPolicy(policy: string): void {
  if (policy.length > policyCharacters) {
    throw validationError(
      `1 validation error detected: Value at 'policy' failed to satisfy constraint: Member must have length less than or equal to ${policyCharacters}`,
    );
  }
  try {
    JSON.parse(policy);
  } catch {
    throw new MalformedPolicyDocumentException({
      message: 'This policy contains invalid Json',
      $metadata: { httpStatusCode: 400 },
    });
  }
}
