/** An IAM role that can be assumed. */
export interface Role {
  readonly name: string;
  readonly arn: string;
  readonly account: string;
  readonly trust: Trust;
  /** Its policy document, for the authorizer; the sandbox itself does not look into it. */
  readonly policy: object | undefined;
}

/** Who may assume a role. */
export interface Trust {
  /** ARN of the one role that may. */
  readonly principal: string;
  /** Which the caller must name. */
  readonly externalId?: string;
  /** The whole trust policy, for the authorizer. */
  readonly policy?: object;
}

export interface RoleSeed {
  readonly name: string;
  readonly trust: Trust;
  readonly policy?: object;
}
