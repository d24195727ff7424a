import { troubleFacts } from './ledger-trouble.contract.ts';

// The others are in ledger-trouble.slow.test.ts.
troubleFacts({ every: 15, numRuns: 6 });
