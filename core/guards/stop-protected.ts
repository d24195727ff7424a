import { notProtected } from './shared/not-protected.ts';

/** To AWS it protects from termination as well. Source: EC2 User Guide, "Enable stop protection for your EC2 instances". */
export const stopProtected = notProtected('stop-protected', 'stop');
