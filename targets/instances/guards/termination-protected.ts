import type { InstanceGuard } from '../model.ts';
import { notProtectedFrom } from './shared/not-protected.ts';

export const terminationProtected: InstanceGuard<'protection'> = {
  code: 'termination-protected',
  summary: 'The attribute `disableApiTermination` protects the instance from termination.',
  needs: 'protection',
  check: notProtectedFrom('termination'),
};
