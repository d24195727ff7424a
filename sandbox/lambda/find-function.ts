import { NotImplemented } from '../not-implemented.ts';
import type { Access, Scope } from '../service.ts';
import { arnIn } from '../state/place.ts';
import { lambdaError, notFound } from './errors.ts';
import type { LambdaFunction } from './function.ts';

/** The function that a call names, by name or ARN, without a qualifier. */
export function findFunction(name: string | undefined, scope: Scope): LambdaFunction {
  const found = lookUp(name, scope);
  if (found === undefined) throw notFound(`Function not found: ${arnOf(name, scope)}`);
  return found;
}

/** Throws while an update is in progress: until then no other takes place. */
export function requireIdle(found: LambdaFunction, { now }: Scope): void {
  if (!found.isUpdatingAt(now)) return;
  throw lambdaError(
    'ResourceConflictException',
    `The operation cannot be performed at this time. An update is in progress for resource: ${found.arn}`,
    409,
  );
}

/** A function that does not exist has no tags by which a policy could allow it. */
export function functionAccess(action: string, name: string | undefined, scope: Scope): readonly Access[] {
  return [{ action, resource: arnOf(name, scope), resourceTags: lookUp(name, scope)?.tags ?? {} }];
}

function lookUp(name: string | undefined, scope: Scope): LambdaFunction | undefined {
  const found = scope.region.functions.get(arnOf(name, scope).split(':').at(-1) ?? '');
  return found?.arn === arnOf(name, scope) ? found : undefined;
}

function arnOf(name = '', { region }: Scope): string {
  const isArn = name.startsWith('arn:');
  if (name.split(':').length !== (isArn ? 7 : 1)) throw new NotImplemented(`the function name ${name}`);
  return isArn ? name : arnIn(region.place, 'lambda', `function:${name}`);
}
