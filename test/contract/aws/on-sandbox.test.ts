import { awsContract } from './contract.ts';
import { awsOnSandbox } from './sandbox-under-test.ts';

awsContract('sandbox', awsOnSandbox);
