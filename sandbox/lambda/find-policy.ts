import type { Access, Scope } from '../service.ts';
import { invalidParameter, notFound, preconditionFailed } from './errors.ts';
import type { LambdaFunction, ResourcePolicy } from './function.ts';

interface Found {
  readonly found: LambdaFunction;
  readonly qualifier: string;
  readonly policy: ResourcePolicy | undefined;
}

/** The function, alias or version that a call names by its complete ARN, and its policy. */
export function findPolicy(arn = '', scope: Scope): Found {
  if (!/^arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[\w-]+(:[\w$-]+)?$/.test(arn)) {
    throw invalidParameter(`The ARN ${arn} is not the complete ARN of a Lambda resource`);
  }
  const { found, qualifier } = lookUp(arn, scope);
  if (found === undefined || (qualifier !== '' && !found.qualifiers.has(qualifier))) {
    throw notFound(`Function not found: ${arn}`);
  }
  return { found, qualifier, policy: found.policyAt(scope.now, qualifier) };
}

/** Throws if a revision is named that is not the policy's. One that is not there has none. */
export function requireRevision(policy: ResourcePolicy | undefined, revision: string | undefined): void {
  if (revision !== undefined && revision !== policy?.revision) throw preconditionFailed();
}

export function policyNotFound(): Error {
  return notFound('The resource you requested does not exist.');
}

/** On the ARN as it was given, with its qualifier; the tags are the function's, as versions and aliases have none. */
export function policyAccess(action: string, arn: string | undefined, scope: Scope): readonly Access[] {
  return [{ action, resource: arn ?? '*', resourceTags: lookUp(arn, scope).found?.tags ?? {} }];
}

function lookUp(arn = '', { region }: Scope) {
  const [name = '', qualifier = ''] = arn.split(':').slice(6);
  const found = region.functions.get(name);
  return { found: arn.split(':').slice(0, 7).join(':') === found?.arn ? found : undefined, qualifier };
}
