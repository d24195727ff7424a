import { InvalidPolicy, readPolicy } from '../policies/policy-document.ts';
import { invalidPolicy } from './errors.ts';
import type { Queue } from './queue.ts';

/** Source: SQS Developer Guide, "Amazon SQS policy quotas". */
const most = { bytes: 8_192, statements: 20, conditions: 10, actions: 7 };

/** Throws unless SQS would take it for this queue. */
export function checkPolicy(text: string, { arn }: Queue): void {
  const bytes = Buffer.byteLength(text);
  if (bytes > most.bytes) throw invalidPolicy(`${bytes} bytes`);
  try {
    const { statements } = readPolicy(text);
    if (statements.length > most.statements) throw new InvalidPolicy(`${statements.length} statements`);
    const conditions = statements.reduce((sum, statement) => sum + statement.conditions, 0);
    if (conditions > most.conditions) throw new InvalidPolicy(`${conditions} conditions`);
    for (const { actions, resources } of statements) {
      if (actions.length > most.actions) throw new InvalidPolicy(`${actions.length} actions in a statement`);
      // "Each policy must cover only a single queue": Developer Guide, special information for SQS policies.
      const foreign = resources.find((resource) => resource !== arn && resource !== '*');
      if (foreign !== undefined) throw new InvalidPolicy(`${foreign} is not this queue`);
      const other = actions.find((action) => !/^sqs:/i.test(action));
      if (other !== undefined) throw new InvalidPolicy(`${other} is no action of SQS`);
    }
  } catch (error) {
    if (error instanceof InvalidPolicy) throw invalidPolicy(error.message);
    throw error;
  }
}
