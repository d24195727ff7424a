/** The stack's name, and the keys of its outputs: the CLI finds what is deployed by them. */
export const stackName = 'ChaosMaster';

export const outputs = {
  function: 'FunctionName',
  table: 'TableName',
  topic: 'TopicArn',
  api: 'ApiUrl',
  role: 'RoleArn',
  /** JSON: see lib/config/deployed-configuration.ts. */
  configuration: 'Configuration',
} as const;

/** Physical names, by which users invoke the functions and find their logs. */
export const monkeyName = 'chaos_monkey';
export const notifierName = 'chaos_notifier';
