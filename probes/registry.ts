import type { Probe } from '#core/ports/probe.ts';
import { cloudwatchAlarm } from './cloudwatch-alarm.ts';
import { groupHealthy } from './group-healthy.ts';
import { http } from './http.ts';
import { lambdaInvoke } from './lambda-invoke.ts';
import { slo } from './slo.ts';

export const probes: readonly Probe[] = [cloudwatchAlarm, groupHealthy, http, lambdaInvoke, slo];
