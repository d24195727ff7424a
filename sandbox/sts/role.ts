/** An IAM role that can be assumed. */
export interface Role {
  readonly name: string;
  readonly arn: string;
  readonly account: string;
  readonly trust: Trust;
  /** Its policy document, for the authorizer; the sandbox itself ignores it. */
  readonly policy: object | undefined;
}

/** Who may assume a role. */
export interface Trust {
  /** The ARN of the only role that may. */
  readonly principal: string;
  /** The caller must name it. */
  readonly externalId?: string;
  /** The whole trust policy, for the authorizer. */
  readonly policy?: object;
}

export interface RoleSeed {
  readonly name: string;
  readonly trust: Trust;
  readonly policy?: object;
}
