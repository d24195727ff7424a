/** A resource policy, as far as services look into it before they take it. */
export interface PolicyDocument {
  readonly statements: readonly Statement[];
}

export interface Statement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** How many condition keys it has. */
  readonly conditions: number;
}

/** Reads a resource policy; throws an `InvalidPolicy` for what no service takes. */
export function readPolicy(text: string): PolicyDocument {
  const { Version: version, Statement: statements, Id: _id, ...others } = object(json(text), 'a policy');
  if (version !== undefined && version !== '2012-10-17' && version !== '2008-10-17') {
    throw new InvalidPolicy(`no such version: ${version}`);
  }
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw new InvalidPolicy(`unknown field ${unknown}`);
  const all = list(statements).map((statement) => object(statement, 'a statement'));
  if (all.length === 0) throw new InvalidPolicy('no statement');
  const sids = all.flatMap(({ Sid }) => (Sid === undefined ? [] : [Sid]));
  if (new Set(sids).size < sids.length) throw new InvalidPolicy('statement ids are not unique');
  return { statements: all.map(readStatement) };
}

export class InvalidPolicy extends Error {
  override readonly name = 'InvalidPolicy';
}

/** Source: IAM User Guide, "Grammar of the IAM JSON policy language". */
const fields = 'Sid Effect Principal NotPrincipal Action NotAction Resource NotResource Condition'.split(' ');

function readStatement(statement: Readonly<Record<string, unknown>>): Statement {
  const unknown = Object.keys(statement).find((field) => !fields.includes(field));
  if (unknown !== undefined) throw new InvalidPolicy(`unknown field ${unknown}`);
  if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny') throw new InvalidPolicy('no effect');
  for (const field of ['Principal', 'Action', 'Resource']) {
    if ((statement[field] === undefined) === (statement[`Not${field}`] === undefined)) {
      throw new InvalidPolicy(`either ${field} or Not${field}`);
    }
  }
  const condition = object(statement.Condition ?? {}, 'a condition');
  return {
    actions: texts(statement.Action),
    resources: texts(statement.Resource),
    conditions: Object.values(condition).flatMap((keys) => Object.keys(object(keys, 'a condition'))).length,
  };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidPolicy('not valid JSON');
  }
}

function object(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InvalidPolicy(`not ${what}`);
  }
  return { ...value };
}

function list(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function texts(value: unknown): readonly string[] {
  return list(value).map((text) => {
    if (typeof text !== 'string') throw new InvalidPolicy('not a text');
    return text;
  });
}
