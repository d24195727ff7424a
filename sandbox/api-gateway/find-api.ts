import type { Access, Scope } from '../service.ts';
import { notFound } from './errors.ts';
import type { HttpApi } from './http-api.ts';

export function findApi(id: string | undefined, { region }: Scope): HttpApi {
  const api = region.apis.get(id ?? '');
  if (api === undefined) throw notFound(id);
  return api;
}

/**
 * IAM knows API Gateway's calls by the method and the path of their requests. Only the API itself has its tags: the documentation does
 * not say that what is below it has them too.
 */
export function apiAccess(
  method: 'GET' | 'PATCH' | 'DELETE',
  id: string | undefined,
  { region }: Scope,
  below = '',
): Access {
  return {
    action: `apigateway:${method}`,
    resource: `${region.apis.arnOf(id ?? '')}${below}`,
    resourceTags: below === '' ? (region.apis.get(id ?? '')?.tags ?? {}) : {},
  };
}
