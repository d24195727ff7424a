import { awsContract } from './aws.contract.ts';
import { awsOnSandbox } from './aws-on-sandbox.ts';

awsContract('sandbox', awsOnSandbox);
