/** The stack's name and output keys, by which the CLI finds the deployment. */
export const stackName = 'ChaosMaster';

export const outputs = {
  function: 'FunctionName',
  table: 'TableName',
  topic: 'TopicArn',
  api: 'ApiUrl',
  role: 'RoleArn',
  /** Only where experiments are deployed. */
  reports: 'ReportsBucket',
  /** JSON: see lib/config/deployed-configuration.ts. */
  configuration: 'Configuration',
} as const;

/** Physical names, which users need to invoke the functions and find their logs. */
export const monkeyName = 'chaos_monkey';
export const notifierName = 'chaos_notifier';
export const janitorName = 'chaos_janitor';
export const experimentName = 'chaos_experiment';
export const experimentControlName = 'chaos_experiment_control';

/** Executions are started by this alias: a version, under which each goes on to its end, whatever is deployed meanwhile. */
export const experimentAlias = 'live';
