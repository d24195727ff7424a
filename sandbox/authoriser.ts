import type { Identity } from './identity.ts';
import type { Access } from './service.ts';

/** One question to the authoriser: may this caller do this to this resource? */
export interface AuthorisationRequest extends Access {
  readonly identity: Identity;
  /** The account and region that the call goes to. */
  readonly account: string;
  readonly region: string;
}

/** Evaluates policies. Without one, the sandbox enforces trust, accounts and regions, and nothing else. */
export type Authoriser = (request: AuthorisationRequest) => boolean | Promise<boolean>;
