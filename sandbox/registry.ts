import { apiGateway } from './api-gateway/service.ts';
import { autoScaling } from './auto-scaling/service.ts';
import { cloudformation } from './cloudformation/service.ts';
import { cloudwatch } from './cloudwatch/service.ts';
import { dynamodb } from './dynamodb/service.ts';
import { ec2 } from './ec2/service.ts';
import { fis } from './fis/service.ts';
import { iam } from './iam/service.ts';
import { lambda } from './lambda/service.ts';
import { resourceGroupsTagging } from './resource-groups-tagging/service.ts';
import { s3 } from './s3/service.ts';
import { scheduler } from './scheduler/service.ts';
import type { Service } from './service.ts';
import { sns } from './sns/service.ts';
import { sqs } from './sqs/service.ts';
import { ssm } from './ssm/service.ts';
import { sts } from './sts/service.ts';

export const services: readonly Service[] = [
  apiGateway,
  autoScaling,
  cloudformation,
  cloudwatch,
  dynamodb,
  ec2,
  fis,
  iam,
  lambda,
  resourceGroupsTagging,
  s3,
  scheduler,
  sns,
  sqs,
  ssm,
  sts,
];
