import type { SendCommandRequest, SendCommandResult } from '@aws-sdk/client-ssm';
import type { Access, Operation, Scope } from '../service.ts';
import type { CommandSeed } from './command.ts';
import { documentAccess, findDocument } from './describe-document.ts';
import { pingOf } from './describe-instances.ts';
import type { DocumentContent } from './documents.ts';
import { ssmError, validationError } from './errors.ts';

const action = 'ssm:SendCommand';

/** Source: API reference, SendCommand, InstanceIds and TimeoutSeconds. */
const maxInstances = 50;
const [minTimeout, maxTimeout, defaultTimeout] = [30, 2_592_000, 3600];

/** A document on instances that are named. Commands are not idempotent: sent twice, it runs twice. */
export const sendCommand: Operation<SendCommandRequest, SendCommandResult> = {
  action,
  inputs: ['DocumentName', 'InstanceIds', 'Parameters', 'TimeoutSeconds', 'Comment'],
  requires: ({ DocumentName, InstanceIds = [] }, scope) => [
    documentAccess(action, DocumentName, scope),
    ...InstanceIds.map((id) => instanceAccess(id, scope)),
  ],
  run: (input, scope) => {
    const { InstanceIds: ids = [], TimeoutSeconds = defaultTimeout, Comment = '' } = input;
    if (TimeoutSeconds < minTimeout || TimeoutSeconds > maxTimeout) {
      throw validationError(`TimeoutSeconds must be between ${minTimeout} and ${maxTimeout}.`);
    }
    if (ids.length === 0 || ids.length > maxInstances) {
      throw validationError(`InstanceIds must have between 1 and ${maxInstances} members.`);
    }
    const { name, content } = findDocument(input.DocumentName, scope);
    const parameters = parametersFor(content, input.Parameters ?? {});
    const instances = findNodes(ids, scope);
    const { region, now } = scope;
    const command: CommandSeed = {
      id: region.newId(),
      document: name,
      parameters,
      comment: Comment,
      timeoutSeconds: TimeoutSeconds,
      sentAt: now,
    };
    for (const instance of instances) region.commands.send(command, instance);
    return {
      Command: {
        CommandId: command.id,
        DocumentName: name,
        InstanceIds: [...ids],
        Parameters: input.Parameters ?? {},
        Comment,
        RequestedDateTime: new Date(now),
        ExpiresAfter: new Date(now + TimeoutSeconds * 1000),
        TimeoutSeconds,
        Status: 'Pending',
        StatusDetails: 'Pending',
        TargetCount: ids.length,
      },
    };
  },
};

/** The instance's tags by both of its keys. Source: Service Authorization Reference, AWS Systems Manager, `instance`. */
function instanceAccess(id: string, { region, now }: Scope): Access {
  const tags = region.instanceAt(now, id)?.tags ?? {};
  return {
    action,
    resource: region.instanceArn(id),
    resourceTags: tags,
    context: Object.fromEntries(
      Object.entries(tags).map(([key, value]) => [`ssm:resourceTag/${key}`, value]),
    ),
  };
}

function findNodes(ids: readonly string[], { region, now }: Scope) {
  if (new Set(ids).size < ids.length) {
    throw ssmError(
      'DuplicateInstanceId',
      "You can't specify a managed node ID in more than one association.",
    );
  }
  return ids.map((id) => {
    const instance = region.instanceAt(now, id);
    if (instance !== undefined && pingOf(instance, now) === 'Online') return instance;
    throw ssmError(
      'InvalidInstanceId',
      `Instances [[${id}]] not in a valid state for account ${region.account}`,
    );
  });
}

/**
 * With the defaults. A pattern must only be found in the value, as AWS does not say that it must match all of it: one that is
 * meant to needs `^` and `$`. Source: User Guide, "Data elements and parameters".
 */
function parametersFor(
  { parameters: known = {} }: DocumentContent,
  given: Readonly<Record<string, readonly string[]>>,
): Record<string, string> {
  const invalid = (problem: string) => ssmError('InvalidParameters', problem);
  const unknown = Object.keys(given).find((name) => known[name] === undefined);
  if (unknown !== undefined) throw invalid(`Parameter "${unknown}" is not defined in the document`);
  return Object.fromEntries(
    Object.entries(known).map(([name, { default: whenLeftOut, allowedPattern }]) => {
      const [value = whenLeftOut, ...others] = given[name] ?? [];
      if (value === undefined) throw invalid(`Parameter "${name}" requires argument value`);
      if (others.length > 0) throw invalid(`Parameter "${name}" has more than one value`);
      if (allowedPattern !== undefined && !new RegExp(allowedPattern).test(value)) {
        throw invalid(`Parameter "${name}" value ${value} does not match pattern ${allowedPattern}`);
      }
      return [name, value];
    }),
  );
}
