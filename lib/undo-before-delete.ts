import { CustomResource, Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct, type IDependable } from 'constructs';
import type { Config } from '#core/config/config.ts';

export interface UndoBeforeDeleteProps {
  readonly config: Pick<Config, 'faults' | 'accounts' | 'undoRoleName'>;
  readonly janitor: IFunction;
  /** All that the janitor needs: it is deleted later, and made or changed earlier. */
  readonly needs: readonly IDependable[];
}

/**
 * A resource that is nothing but its end: before CloudFormation deletes anything that the janitor needs, the janitor undoes everything, or
 * the deletion fails. An update that disables an active fault, or leaves its account or region, fails too.
 */
export class UndoBeforeDelete extends Construct {
  constructor(scope: Construct, id: string, { config, janitor, needs }: UndoBeforeDeleteProps) {
    super(scope, id);
    const resource = new CustomResource(this, 'Default', {
      resourceType: 'Custom::ChaosUndo',
      serviceToken: janitor.functionArn,
      // Longer than the function: it answers before it ends.
      serviceTimeout: Duration.minutes(16),
      properties: {
        Faults: config.faults.map(({ name }) => name),
        Places: placesOf(config),
        UndoRole: config.undoRoleName,
      },
    });
    resource.node.addDependency(...needs);
  }
}

/** Accounts with the same regions together: a thousand may be configured, and CloudFormation passes only so much. */
function placesOf({ accounts }: Pick<Config, 'accounts'>) {
  const byRegions = Map.groupBy(accounts, ({ regions }) => [...regions].sort().join(' '));
  return [...byRegions].map(([regions, those]) => ({
    Accounts: those.map(({ id }) => id),
    Regions: regions.split(' '),
  }));
}
