import { matches } from '#core/util/glob.ts';
import { NotImplemented } from '../not-implemented.ts';

/** A request of anybody, such as a visitor of a website. */
export interface Request {
  /** `s3:GetObject` */
  readonly action: string;
  /** An ARN. */
  readonly resource: string;
  /** Epoch ms. */
  readonly at: number;
}

interface Statement {
  readonly Effect: string;
  readonly Principal?: unknown;
  readonly Action?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/**
 * Whether a resource's policy denies a request explicitly. It understands what our faults write, and refuses any other statement that
 * denies: to pass over it would be a lie.
 */
export function isDenied(policy: string, request: Request): boolean {
  const { Statement = [] }: { readonly Statement?: Statement | readonly Statement[] } = JSON.parse(policy);
  return [Statement].flat().some((one) => one.Effect === 'Deny' && applies(one, request));
}

function applies({ Principal, Action, Resource, Condition = {} }: Statement, request: Request): boolean {
  if (Principal !== '*' || Action === undefined || Resource === undefined) {
    throw new NotImplemented('a statement that denies without Principal "*", Action or Resource');
  }
  const { action, resource, at } = request;
  return (
    // Actions are not case-sensitive: IAM User Guide, "IAM JSON policy elements: Action".
    [Action].flat().some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase())) &&
    [Resource].flat().some((pattern) => matches(pattern, resource)) &&
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, value]) => holds(`${operator} ${key}`, String(value), at)),
    )
  );
}

function holds(condition: string, value: string, at: number): boolean {
  switch (condition) {
    case 'DateLessThan aws:CurrentTime':
      return at < Date.parse(value);
    case 'BoolIfExists aws:PrincipalIsAWSService':
      return value === 'false';
    default:
      throw new NotImplemented(`the condition ${condition}`);
  }
}
