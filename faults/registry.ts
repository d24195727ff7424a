import { registry } from '#core/model/fault-registry.ts';
import { lambdaConcurrency } from './functions/lambda-concurrency.ts';
import { lambdaDenyHosts } from './functions/lambda-deny-hosts.ts';
import { lambdaDisk } from './functions/lambda-disk.ts';
import { lambdaError } from './functions/lambda-error.ts';
import { lambdaLatency } from './functions/lambda-latency.ts';
import { lambdaStatus } from './functions/lambda-status.ts';
import { lambdaTimeout } from './functions/lambda-timeout.ts';
import { ec2Reboot } from './instances/ec2-reboot.ts';
import { ec2Stop } from './instances/ec2-stop.ts';
import { ec2Terminate } from './instances/ec2-terminate.ts';

export const faults = registry([
  lambdaConcurrency,
  lambdaDenyHosts,
  lambdaDisk,
  lambdaError,
  lambdaLatency,
  lambdaStatus,
  lambdaTimeout,
  ec2Reboot,
  ec2Stop,
  ec2Terminate,
]);
