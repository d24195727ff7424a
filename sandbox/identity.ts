import type { AwsCredentialIdentity } from '@smithy/types';
import type { Ids } from './state/ids.ts';
import type { Role } from './sts/role.ts';

/** On whose behalf a call is made. */
export interface Identity {
  readonly account: string;
  /** As `GetCallerIdentity` returns it: `arn:aws:sts::222222222222:assumed-role/ROLE/SESSION`. */
  readonly arn: string;
  /** `AROA...:SESSION`. */
  readonly userId: string;
  /** ARN of the role behind the session: `aws:PrincipalArn`. */
  readonly principal: string;
  /** The role's own policy document; undefined if the scenario gave none. */
  readonly rolePolicy: object | undefined;
  /** JSON, as it was passed to AssumeRole. */
  readonly sessionPolicy: string | undefined;
  readonly sourceIdentity: string | undefined;
  /** Epoch ms; undefined for the process's own credentials, which do not expire here. */
  readonly expiresAt: number | undefined;
}

export interface SessionSeed {
  readonly role: Role;
  readonly name: string;
  readonly policy: string | undefined;
  readonly sourceIdentity: string | undefined;
  /** Epoch ms. */
  readonly expiresAt: number;
}

/** The sessions that AssumeRole has issued, by their access keys. */
export class Sessions {
  readonly #ids: Ids;
  readonly #byAccessKey = new Map<string, Identity>();

  constructor(ids: Ids) {
    this.#ids = ids;
  }

  open({ role, name, policy, sourceIdentity, expiresAt }: SessionSeed) {
    const accessKeyId = this.#ids.accessKey();
    const identity = roleIdentity(role, name, { sessionPolicy: policy, sourceIdentity, expiresAt });
    this.#byAccessKey.set(accessKeyId, identity);
    return { identity, accessKeyId, secretAccessKey: this.#ids.secret(), sessionToken: this.#ids.secret() };
  }

  /** Undefined for credentials that were not issued here. */
  find(credentials: AwsCredentialIdentity): Identity | undefined {
    return this.#byAccessKey.get(credentials.accessKeyId);
  }
}

/** The identity of whoever has assumed a role. */
export function roleIdentity(
  role: Pick<Role, 'account' | 'name' | 'arn' | 'policy'>,
  sessionName: string,
  session: Pick<Identity, 'sessionPolicy' | 'sourceIdentity' | 'expiresAt'>,
): Identity {
  return {
    account: role.account,
    arn: `arn:aws:sts::${role.account}:assumed-role/${role.name}/${sessionName}`,
    userId: `AROA${role.account}SANDBOX:${sessionName}`,
    principal: role.arn,
    rolePolicy: role.policy,
    ...session,
  };
}
