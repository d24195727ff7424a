import type { Tags } from '#core/model/group.ts';
import type { Attachments } from '../iam/attachments.ts';

/** An IAM role that can be assumed. */
export interface Role {
  readonly name: string;
  readonly arn: string;
  readonly account: string;
  /** `/`, or what its ARN has before its name: `/aws-service-role/...` of a service-linked role. */
  readonly path: string;
  readonly trust: Trust;
  /** Its policy document, for the authorizer; the sandbox itself ignores it. */
  readonly policy: object | undefined;
  readonly attachments: Attachments;
  /** Epoch ms. */
  readonly createdAt: number;
  /** Epoch ms; undefined: never, as far as IAM remembers. */
  lastUsedAt: number | undefined;
  tags: Tags;
}

/** Who may assume a role. */
export interface Trust {
  /** The ARN of the role that may, or an AWS service; or several of them. */
  readonly principal: string | readonly string[];
  /** The caller must name it. */
  readonly externalId?: string;
  /** The whole trust policy, for the authorizer. */
  readonly policy?: object;
}

export interface RoleSeed {
  readonly name: string;
  readonly trust: Trust;
  readonly policy?: object;
  readonly path?: string;
  readonly tags?: Tags;
  /** ARNs of managed policies. */
  readonly attached?: readonly string[];
  /** Epoch ms. Left out: now. */
  readonly lastUsedAt?: number | undefined;
}
