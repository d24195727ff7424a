import type { InstanceGuard } from '../model.ts';
import { checkProtection } from './shared/check-protection.ts';

export const terminationProtected: InstanceGuard<'protection'> = {
  code: 'termination-protected',
  summary: 'The attribute `disableApiTermination` protects the instance from termination.',
  needs: 'protection',
  check: checkProtection('termination'),
};
