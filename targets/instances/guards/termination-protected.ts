import type { GuardOn } from '#core/guards/guard.ts';
import { notProtectedFrom } from './shared/not-protected.ts';

export const terminationProtected: GuardOn<'protection'> = {
  code: 'termination-protected',
  summary: 'The attribute `disableApiTermination` protects the instance from termination.',
  needs: 'protection',
  check: notProtectedFrom('termination'),
};
