import type { ParameterType, PutParameterRequest, PutParameterResult } from '@aws-sdk/client-ssm';
import { NotImplemented } from '../not-implemented.ts';
import type { Operation } from '../service.ts';
import { ssmError, validationError } from './errors.ts';
import { parameterAccess } from './get-parameter.ts';
import type { Parameter } from './parameters.ts';

const action = 'ssm:PutParameter';

/** Of the standard tier. Source: User Guide, "Managing parameter tiers". */
const maxBytes = 4096;

/** Parameters of the standard tier. There is no way to name the version that is to be overwritten. */
export const putParameter: Operation<PutParameterRequest, PutParameterResult> = {
  action,
  inputs: ['Name', 'Value', 'Type', 'Overwrite', 'Tags'],
  requires: ({ Name, Overwrite = false, Tags = [] }, scope) => [
    { ...parameterAccess(action, Name, scope), context: { 'ssm:Overwrite': String(Overwrite) } },
    // Source: API reference, PutParameter, Tags.
    ...(Tags.length === 0 ? [] : [parameterAccess('ssm:AddTagsToResource', Name, scope)]),
  ],
  run: ({ Name = '', Value = '', Type, Overwrite = false, Tags }, { region, now }) => {
    const before = region.parameters.get(Name);
    if (Value === '') throw validationError('Value must have length greater than or equal to 1.');
    if (Overwrite && Tags !== undefined) {
      throw validationError("Invalid request: tags and overwrite can't be used together.");
    }
    if (Buffer.byteLength(Value) > maxBytes) {
      throw validationError(
        `Standard tier parameters support a maximum parameter value of ${maxBytes} characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier.`,
      );
    }
    if (before !== undefined && !Overwrite) {
      throw ssmError(
        'ParameterAlreadyExists',
        'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
      );
    }
    const type = typeOf(Type, before);
    const tags = Tags && Object.fromEntries(Tags.map(({ Key = '', Value: value = '' }) => [Key, value]));
    const seed = { name: Name, value: Value, type, ...(tags !== undefined && { tags }) };
    const { version } = region.parameters.put(seed, now);
    return { Version: version, Tier: 'Standard' };
  },
};

function typeOf(wanted: ParameterType | undefined, before: Parameter | undefined): Parameter['type'] {
  const type = wanted ?? before?.type;
  if (type === undefined) throw validationError('A parameter type is required when you create a parameter.');
  if (type === 'StringList' || (before !== undefined && before.type !== type)) {
    throw new NotImplemented(`a parameter of the type ${type} in this place`);
  }
  return type;
}
