/** The stack's name, and the keys of its outputs: the CLI finds what is deployed by them. */
export const stackName = 'ChaosMaster';

export const outputs = {
  function: 'FunctionName',
  table: 'TableName',
  topic: 'TopicArn',
  api: 'ApiUrl',
  role: 'RoleArn',
} as const;
