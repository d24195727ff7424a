import { NotImplemented } from '../not-implemented.ts';
import type { Implementation, Scope } from '../service.ts';
import { validationError } from './errors.ts';
import { inputSchemas } from './input-schemas.ts';
import { ownInput } from './own-input.ts';

/** A call as the target of a schedule names it. */
export interface UniversalTarget extends Implementation {
  readonly input: object;
}

/** Source: User Guide, "Using universal targets in EventBridge Scheduler", unsupported actions. */
const readOnly =
  /^(get|describe|list|poll|receive|search|scan|query|select|read|lookup|discover|validate|batchGet|batchDescribe|batchRead|transactGet|adminGet|adminList|testMigration|retrieve|testConnection|translateDocument|isAuthorized|invokeModel)/;

/**
 * `arn:aws:scheduler:::aws-sdk:lambda:putFunctionConcurrency`, with an input in Scheduler's names:
 * `{"FunctionName": "web", "ReservedConcurrentExecutions": 5}`. Only what the sandbox implements can be a target.
 */
export function readTarget(
  { arn, input }: { readonly arn: string; readonly input: string },
  { implementationOf }: Pick<Scope, 'implementationOf'>,
): UniversalTarget {
  const [, client, action] = /^arn:[\w-]+:scheduler:::aws-sdk:([a-z0-9]+):([a-z]\w*)$/.exec(arn) ?? [];
  if (client === undefined || action === undefined || readOnly.test(action)) {
    throw validationError(`Provided Arn is not in correct format or is not supported: ${arn}`);
  }
  const parameters = parse(input);
  const command = `${action[0]?.toUpperCase()}${action.slice(1)}Command`;
  const { operation } = implementationOf({ client, command, input: {} });
  const schema = inputSchemas[operation.action];
  if (schema === undefined) throw new NotImplemented(`schedules of ${operation.action}`);
  const own = ownInput(schema, parameters);
  return { ...implementationOf({ client, command, input: own }), input: own };
}

function parse(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {}
  throw validationError('Invalid RequestJson provided. Reason: it is not a JSON object.');
}
