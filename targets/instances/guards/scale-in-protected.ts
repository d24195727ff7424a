import type { InstanceGuard } from '../model.ts';

/** Scale-in protection often means "busy with a job". The configuration says whether to respect it. */
export const scaleInProtected: InstanceGuard<'candidate'> = {
  code: 'scale-in-protected',
  summary: 'The instance is protected from scale-in (`guards.scaleInProtected`).',
  needs: 'candidate',
  check: ({ member }, { config }) => {
    if (!member.protectedFromScaleIn) return { passes: true, saw: 'not protected from scale-in' };
    const policy = config.guards.scaleInProtected;
    return {
      passes: policy === 'strike',
      saw: `protected from scale-in, and guards.scaleInProtected is "${policy}"`,
    };
  },
};
