import { planDigest } from '#core/messages/plan-digest.ts';
import type { Plan } from '#core/reports/plan.ts';
import type { Paint } from '../terminal/terminal.ts';
import { badgeText, digestText, terminalLimits } from './layout.ts';

/** Formats a plan. `flags` are the options that locate the deployment, for suggested commands. */
export function planText(plan: Plan, paint: Paint, flags = ''): string {
  const digest = planDigest(plan, { timeZone: plan.timeZone, flags }, terminalLimits);
  return digestText(badgeText(plan.mode, paint), digest, paint);
}
