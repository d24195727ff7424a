import { CfnOutput, Stack, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { controlPlaneTag } from '#core/model/control-plane.ts';
import { ChaosMaster, type ChaosMasterProps } from './chaos-master.ts';
import { describeConfiguration } from './config/deployed-configuration.ts';
import { outputs, stackName } from './outputs.ts';

/** The master account's stack. The CLI finds it by its name, `ChaosMaster`. */
export class ChaosMasterStack extends Stack {
  constructor(scope: Construct, props: ChaosMasterProps) {
    super(scope, stackName, {
      description: 'chaos_monkey: strikes randomly chosen resources that opted in, and notifies people.',
      env: props.config.master,
    });
    const master = new ChaosMaster(this, 'ChaosMaster', props);

    Tags.of(this).add(controlPlaneTag.key, controlPlaneTag.value);

    new CfnOutput(this, outputs.function, { value: master.monkey.functionName });
    new CfnOutput(this, outputs.table, { value: master.table.tableName });
    new CfnOutput(this, outputs.topic, { value: master.topic.topicArn });
    new CfnOutput(this, outputs.api, { value: master.api.url });
    new CfnOutput(this, outputs.role, { value: master.roleArn });
    if (master.experiments !== undefined) {
      new CfnOutput(this, outputs.reports, { value: master.experiments.reports.bucketName });
    }
    new CfnOutput(this, outputs.configuration, { value: describeConfiguration(props.config) });
  }
}
