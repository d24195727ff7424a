import { registry } from '#core/model/fault-registry.ts';
import { lambdaEventSourceOff } from './event-source-mappings/lambda-event-source-off.ts';
import { lambdaConcurrency } from './functions/lambda-concurrency.ts';
import { lambdaConfigure } from './functions/lambda-configure.ts';
import { apiCors } from './http-apis/api-cors.ts';
import { ec2Reboot } from './instances/ec2-reboot.ts';
import { ec2Stop } from './instances/ec2-stop.ts';
import { ec2Terminate } from './instances/ec2-terminate.ts';
import { iamDeny } from './roles/iam-deny.ts';

export const faults = registry([
  lambdaEventSourceOff,
  lambdaConcurrency,
  lambdaConfigure,
  apiCors,
  ec2Reboot,
  ec2Stop,
  ec2Terminate,
  iamDeny,
]);
