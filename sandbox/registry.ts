import { autoScaling } from './auto-scaling/service.ts';
import { cloudwatch } from './cloudwatch/service.ts';
import { dynamodb } from './dynamodb/service.ts';
import { ec2 } from './ec2/service.ts';
import { fis } from './fis/service.ts';
import type { Service } from './service.ts';
import { sns } from './sns/service.ts';
import { ssm } from './ssm/service.ts';
import { sts } from './sts/service.ts';

export const services: readonly Service[] = [autoScaling, cloudwatch, dynamodb, ec2, fis, sns, ssm, sts];
