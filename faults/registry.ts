import { registry } from '#core/model/fault-registry.ts';
import { s3Cors } from './buckets/s3-cors.ts';
import { s3Deny } from './buckets/s3-deny.ts';
import { lambdaConcurrency } from './functions/lambda-concurrency.ts';
import { lambdaDeny } from './functions/lambda-deny.ts';
import { ec2Reboot } from './instances/ec2-reboot.ts';
import { ec2Stop } from './instances/ec2-stop.ts';
import { ec2Terminate } from './instances/ec2-terminate.ts';
import { sqsDeny } from './queues/sqs-deny.ts';
import { dynamodbDeny } from './tables/dynamodb-deny.ts';
import { dynamodbThrottle } from './tables/dynamodb-throttle.ts';
import { snsDeny } from './topics/sns-deny.ts';

export const faults = registry([
  s3Cors,
  s3Deny,
  lambdaConcurrency,
  lambdaDeny,
  ec2Reboot,
  ec2Stop,
  ec2Terminate,
  sqsDeny,
  dynamodbDeny,
  dynamodbThrottle,
  snsDeny,
]);
