import type { InstanceGuard } from '../model.ts';
import { checkProtection } from './shared/check-protection.ts';

/** It also protects from termination. Source: EC2 User Guide, "Enable stop protection for your EC2 instances". */
export const stopProtected: InstanceGuard<'protection'> = {
  code: 'stop-protected',
  summary: 'The attribute `disableApiStop` protects the instance from being stopped.',
  needs: 'protection',
  check: checkProtection('stop'),
};
