import { afterAll, beforeAll, describe } from 'vitest';
import { autoScalingFacts } from './aws-auto-scaling.contract.ts';
import { ec2Facts } from './aws-ec2.contract.ts';
import { expressionFacts } from './aws-expressions.contract.ts';
import { identityFacts } from './aws-identity.contract.ts';
import { itemFacts } from './aws-items.contract.ts';
import { snsFacts, ssmFacts } from './aws-messages.contract.ts';
import { queryFacts } from './aws-queries.contract.ts';
import { cloudWatchFacts } from './aws-signals.contract.ts';
import { transactionFacts } from './aws-transactions.contract.ts';
import { type Aws, type AwsUnderTest, facts } from './aws-under-test.ts';

/** What we rely on of AWS, held against something that stands in for it. */
export function awsContract(on: Aws, start: () => Promise<AwsUnderTest>): void {
  describe(on, () => {
    let aws: AwsUnderTest;
    beforeAll(async () => {
      aws = await start();
    });
    afterAll(() => aws.stop());

    facts('EC2', on, () => aws, ec2Facts);
    facts('Auto Scaling', on, () => aws, autoScalingFacts);
    facts('STS', on, () => aws, identityFacts);
    facts('SNS', on, () => aws, snsFacts);
    facts('SSM', on, () => aws, ssmFacts);
    facts('CloudWatch', on, () => aws, cloudWatchFacts);
    facts('DynamoDB items', on, () => aws, itemFacts);
    facts('DynamoDB expressions', on, () => aws, expressionFacts);
    facts('DynamoDB queries', on, () => aws, queryFacts);
    facts('DynamoDB transactions', on, () => aws, transactionFacts);
  });
}
