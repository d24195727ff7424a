import type { AuthorizationRequest, Authorizer } from '#sandbox/authorizer.ts';
import { iamAuthorizer } from '../support/iam-authorizer.ts';

const evaluate = iamAuthorizer();
const answers = new Map<string, boolean>();
const mostRemembered = 20_000;

/** IAM, which remembers what it was asked: nothing that it looks at here depends on the time. */
export const rememberingAuthorizer: Authorizer = async (request) => {
  const key = keyOf(request);
  const known = answers.get(key);
  if (known !== undefined) return known;
  const answer = await evaluate(request);
  if (answers.size >= mostRemembered) answers.clear();
  answers.set(key, answer);
  return answer;
};

function keyOf(request: AuthorizationRequest): string {
  const { identity, action, resource, region, resourceTags, context, resourcePolicy, trustPolicy } = request;
  return JSON.stringify([
    identity.principal,
    numberOf(identity.rolePolicy),
    identity.sessionPolicy,
    ...[action, resource, region, resourceTags, context, resourcePolicy, trustPolicy],
  ]);
}

/** Role policies are long: each text is made once. */
const numbers = new Map<string, number>();
const byDocument = new WeakMap<object, number>();

function numberOf(document: object | undefined): number {
  if (document === undefined) return -1;
  const known = byDocument.get(document);
  if (known !== undefined) return known;
  const text = JSON.stringify(document);
  const number = numbers.get(text) ?? numbers.size;
  numbers.set(text, number);
  byDocument.set(document, number);
  return number;
}
