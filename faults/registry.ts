import { registry } from '#core/model/fault-registry.ts';
import { s3Cors } from './buckets/s3-cors.ts';
import { s3Deny } from './buckets/s3-deny.ts';
import { lambdaEventSourceOff } from './event-source-mappings/lambda-event-source-off.ts';
import { lambdaConcurrency } from './functions/lambda-concurrency.ts';
import { lambdaConfigure } from './functions/lambda-configure.ts';
import { lambdaDeny } from './functions/lambda-deny.ts';
import { lambdaDenyHosts } from './functions/lambda-deny-hosts.ts';
import { lambdaDisk } from './functions/lambda-disk.ts';
import { lambdaError } from './functions/lambda-error.ts';
import { lambdaLatency } from './functions/lambda-latency.ts';
import { lambdaStatus } from './functions/lambda-status.ts';
import { lambdaTimeout } from './functions/lambda-timeout.ts';
import { apiCors } from './http-apis/api-cors.ts';
import { cpuBurn } from './instances/cpu-burn.ts';
import { diskFill } from './instances/disk-fill.ts';
import { ec2Reboot } from './instances/ec2-reboot.ts';
import { ec2Stop } from './instances/ec2-stop.ts';
import { ec2Terminate } from './instances/ec2-terminate.ts';
import { memoryFill } from './instances/memory-fill.ts';
import { processKill } from './instances/process-kill.ts';
import { sqsDeny } from './queues/sqs-deny.ts';
import { iamDeny } from './roles/iam-deny.ts';
import { dynamodbDeny } from './tables/dynamodb-deny.ts';
import { dynamodbThrottle } from './tables/dynamodb-throttle.ts';
import { snsDeny } from './topics/sns-deny.ts';

export const faults = registry([
  s3Cors,
  s3Deny,
  lambdaEventSourceOff,
  lambdaConcurrency,
  lambdaConfigure,
  lambdaDeny,
  lambdaDenyHosts,
  lambdaDisk,
  lambdaError,
  lambdaLatency,
  lambdaStatus,
  lambdaTimeout,
  apiCors,
  cpuBurn,
  diskFill,
  ec2Reboot,
  ec2Stop,
  ec2Terminate,
  memoryFill,
  processKill,
  sqsDeny,
  iamDeny,
  dynamodbDeny,
  dynamodbThrottle,
  snsDeny,
]);
