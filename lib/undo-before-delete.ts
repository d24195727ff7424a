import { CustomResource, Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct, type IDependable } from 'constructs';
import type { Config } from '#core/config/config.ts';
import { enabledFaults } from '#core/config/enabled-faults.ts';
import type { FaultRegistry } from '#core/model/fault.ts';

export interface UndoBeforeDeleteProps {
  readonly config: Pick<Config, 'faults' | 'accounts' | 'undoRoleName' | 'tags'>;
  readonly faults: FaultRegistry;
  readonly janitor: IFunction;
  /** All that the janitor needs: it is deleted later, and made or changed earlier. */
  readonly needs: readonly IDependable[];
}

/**
 * A resource that is nothing but its end: before CloudFormation deletes anything that the janitor needs, the janitor undoes everything, or
 * the deletion fails. An update that takes away what the undo of an active fault needs fails too.
 */
export class UndoBeforeDelete extends Construct {
  constructor(scope: Construct, id: string, { config, faults, janitor, needs }: UndoBeforeDeleteProps) {
    super(scope, id);
    const resource = new CustomResource(this, 'Default', {
      resourceType: 'Custom::ChaosUndo',
      serviceToken: janitor.functionArn,
      // Longer than the function: it answers before it ends.
      serviceTimeout: Duration.minutes(16),
      properties: {
        Faults: enabledFaults(config, faults).flatMap((fault) =>
          fault.lasts ? [`${fault.name}@${fault.version}`] : [],
        ),
        Places: placesOf(config),
        UndoRole: config.undoRoleName,
        OptInKey: config.tags.optIn.key,
      },
    });
    resource.node.addDependency(...needs);
  }
}

/** Accounts that are the same but for their ids together: a thousand may be configured, and CloudFormation passes only so much. */
function placesOf({ accounts }: Pick<Config, 'accounts'>) {
  const alike = Map.groupBy(accounts, ({ regions, externalId }) =>
    [externalId, ...[...regions].sort()].join(' '),
  );
  return [...alike].map(([shared, those]) => {
    const [ExternalId, ...Regions] = shared.split(' ');
    return { Accounts: those.map(({ id }) => id), Regions, ExternalId };
  });
}
