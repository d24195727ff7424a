import type { GetSafetyLeverRequest, GetSafetyLeverResponse } from '#aws/fis/get-safety-lever.ts';
import type { Operation, Scope } from '../service.ts';
import { fisError } from './errors.ts';

const action = 'fis:GetSafetyLever';

export const getSafetyLever: Operation<GetSafetyLeverRequest, GetSafetyLeverResponse> = {
  action,
  heeds: ['id'],
  accesses: ({ id }, scope) => [{ action, resource: arn(id, scope) }],
  run: ({ id }, scope) => {
    if (id !== 'default') {
      throw fisError('ResourceNotFoundException', `Safety lever ${id} does not exist.`, 404);
    }
    return { safetyLever: { id, arn: arn(id, scope), state: scope.region.lever } };
  },
};

function arn(id: string, { region }: Scope): string {
  return `arn:${region.partition}:fis:${region.name}:${region.account}:safety-lever/${id}`;
}
