export interface Statement {
  readonly Effect: string;
  readonly Action?: string | readonly string[] | undefined;
  readonly NotAction?: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** The actions that a policy allows, somewhere. */
export function actionsAllowedBy({ Statement }: { readonly Statement: readonly Statement[] }): Set<string> {
  return new Set(Statement.flatMap(({ Effect, Action }) => (Effect === 'Allow' ? (Action ?? []) : [])));
}

/** The same policy without these actions. */
export function lacking<Policy extends { readonly Statement: readonly Statement[] }>(
  policy: Policy,
  actions: readonly string[] = [],
): Policy {
  return {
    ...policy,
    Statement: policy.Statement.map((statement) =>
      statement.Action === undefined
        ? statement
        : { ...statement, Action: [statement.Action].flat().filter((action) => !actions.includes(action)) },
    ).filter(({ Action }) => Action?.length !== 0),
  };
}
