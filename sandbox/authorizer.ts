import type { Identity } from './identity.ts';
import type { Access } from './service.ts';

/** A question to the authorizer: may this caller do this to this resource? */
export interface AuthorizationRequest extends Access {
  readonly identity: Identity;
  /** The account and region that the call goes to. */
  readonly account: string;
  readonly region: string;
  /** `aws:CurrentTime`, epoch ms. */
  readonly at: number;
}

/** Evaluates policies. Without one, the sandbox enforces only trust, accounts and regions. */
export type Authorizer = (request: AuthorizationRequest) => boolean | Promise<boolean>;
