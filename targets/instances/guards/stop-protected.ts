import type { InstanceGuard } from '../model.ts';
import { notProtectedFrom } from './shared/not-protected.ts';

/** To AWS it protects from termination as well. Source: EC2 User Guide, "Enable stop protection for your EC2 instances". */
export const stopProtected: InstanceGuard<'protection'> = {
  code: 'stop-protected',
  summary: 'The attribute `disableApiStop` protects the instance from being stopped.',
  needs: 'protection',
  check: notProtectedFrom('stop'),
};
