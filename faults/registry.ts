import { registry } from '#core/model/fault-registry.ts';
import { lambdaConcurrency } from './functions/lambda-concurrency.ts';
import { ec2Reboot } from './instances/ec2-reboot.ts';
import { ec2Stop } from './instances/ec2-stop.ts';
import { ec2Terminate } from './instances/ec2-terminate.ts';

export const faults = registry([lambdaConcurrency, ec2Reboot, ec2Stop, ec2Terminate]);
