import { leaseFacts } from './lease-facts.ts';

leaseFacts({ numRuns: 15 });
