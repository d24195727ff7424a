import type { DescribeStacksInput, DescribeStacksOutput } from '@aws-sdk/client-cloudformation';
import { nextPage } from '../paging.ts';
import type { Operation } from '../service.ts';
import { arnIn } from '../state/place.ts';
import { validationError } from './errors.ts';
import type { Stack } from './stacks.ts';

const action = 'cloudformation:DescribeStacks';

/** A page is 1 MB there, which is some hundred stacks. Source: API reference, DescribeStacks, NextToken. */
const maxPage = 100;

/** Only their names and states. */
export const describeStacks: Operation<DescribeStacksInput, DescribeStacksOutput> = {
  action,
  inputs: ['StackName', 'NextToken'],
  requires: ({ StackName: name }, { region }) => [
    {
      action,
      resource:
        name === undefined
          ? '*'
          : (region.stacks.find(name)?.id ?? arnIn(region.place, 'cloudformation', `stack/${name}/*`)),
    },
  ],
  run: ({ StackName: name, NextToken }, { region }) => {
    if (name !== undefined) {
      const stack = region.stacks.find(name);
      if (stack === undefined) throw validationError(`Stack with id ${name} does not exist`);
      return { Stacks: [stackOutput(stack)] };
    }
    const { page, token } = nextPage(region.stacks.all, {
      size: maxPage,
      token: NextToken,
      keep: ({ status }) => status !== 'DELETE_COMPLETE',
      invalidToken: () => validationError('The token is invalid'),
    });
    return { Stacks: page.map(stackOutput), ...(token !== undefined && { NextToken: token }) };
  },
};

function stackOutput({ name, id, status, createdAt }: Stack) {
  return { StackName: name, StackId: id, StackStatus: status, CreationTime: new Date(createdAt) };
}
