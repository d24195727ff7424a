import type { Stack } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';

/** What cdk-nag's AwsSolutions pack finds in a stack, and nobody gave a reason for: `RULE at PATH`. */
export function nagFindings(stack: Stack): readonly string[] {
  const { violations } = new AwsSolutionsChecks(stack).validateScope(stack);
  return violations.flatMap(({ ruleName, violatingResources }) =>
    violatingResources.map(({ resourceLogicalId }) => `${ruleName} at ${resourceLogicalId}`),
  );
}
