import { registry } from '#core/model/fault-registry.ts';
import { lambdaEventSourceOff } from './event-source-mappings/lambda-event-source-off.ts';
import { lambdaConcurrency } from './functions/lambda-concurrency.ts';
import { lambdaConfigure } from './functions/lambda-configure.ts';
import { apiCors } from './http-apis/api-cors.ts';
import { cpuBurn } from './instances/cpu-burn.ts';
import { diskFill } from './instances/disk-fill.ts';
import { ec2Reboot } from './instances/ec2-reboot.ts';
import { ec2Stop } from './instances/ec2-stop.ts';
import { ec2Terminate } from './instances/ec2-terminate.ts';
import { memoryFill } from './instances/memory-fill.ts';
import { processKill } from './instances/process-kill.ts';
import { iamDeny } from './roles/iam-deny.ts';

export const faults = registry([
  lambdaEventSourceOff,
  lambdaConcurrency,
  lambdaConfigure,
  apiCors,
  cpuBurn,
  diskFill,
  ec2Reboot,
  ec2Stop,
  ec2Terminate,
  memoryFill,
  processKill,
  iamDeny,
]);
