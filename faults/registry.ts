import { registry } from '#core/model/fault-registry.ts';
import { lambdaEventSourceOff } from './event-source-mappings/lambda-event-source-off.ts';
import { lambdaConcurrency } from './functions/lambda-concurrency.ts';
import { lambdaConfigure } from './functions/lambda-configure.ts';
import { lambdaDenyHosts } from './functions/lambda-deny-hosts.ts';
import { lambdaDisk } from './functions/lambda-disk.ts';
import { lambdaError } from './functions/lambda-error.ts';
import { lambdaLatency } from './functions/lambda-latency.ts';
import { lambdaStatus } from './functions/lambda-status.ts';
import { lambdaTimeout } from './functions/lambda-timeout.ts';
import { apiCors } from './http-apis/api-cors.ts';
import { ec2Reboot } from './instances/ec2-reboot.ts';
import { ec2Stop } from './instances/ec2-stop.ts';
import { ec2Terminate } from './instances/ec2-terminate.ts';
import { iamDeny } from './roles/iam-deny.ts';

export const faults = registry([
  lambdaEventSourceOff,
  lambdaConcurrency,
  lambdaConfigure,
  lambdaDenyHosts,
  lambdaDisk,
  lambdaError,
  lambdaLatency,
  lambdaStatus,
  lambdaTimeout,
  apiCors,
  ec2Reboot,
  ec2Stop,
  ec2Terminate,
  iamDeny,
]);
