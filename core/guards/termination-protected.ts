import { notProtected } from './shared/not-protected.ts';

export const terminationProtected = notProtected('termination-protected', 'termination');
