import type { MotoAccount } from './moto-account.ts';

/** The trust policy of a role as a stack made it in moto's IAM. Undefined where there is no such role. */
export async function trustPolicyInMoto(account: MotoAccount, roleName: string): Promise<object | undefined> {
  const { status, body } = await account.call('iam', 'us-east-1', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      Action: 'GetRole',
      Version: '2010-05-08',
      RoleName: roleName,
    }).toString(),
  });
  if (status === 404) return undefined;
  // IAM answers it as URL-encoded JSON.
  const [, document = ''] = /<AssumeRolePolicyDocument>([^<]*)</.exec(body.toString('utf8')) ?? [];
  return JSON.parse(decodeURIComponent(document));
}
