import { troubleFacts } from './ledger-trouble.contract.ts';

troubleFacts({ every: 1, numRuns: 60 });
