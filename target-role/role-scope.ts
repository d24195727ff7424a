import { Aws } from 'aws-cdk-lib';
import type { Config } from '#core/config/config.ts';
import { enabledFaults, enabledKinds } from '#core/config/enabled-faults.ts';
import { roleArn } from '#core/model/aws-names.ts';
import type { FaultRegistry } from '#core/model/fault.ts';
import type { RoleScope } from '#core/permissions/role-policies.ts';
import { kinds } from '#targets/registry.ts';

/** What the roles of a target account are made for. */
export interface RoleScopeProps {
  /** The opt-in tag, the enabled faults, and whether probes measure. The roles allow nothing else. */
  readonly config: Pick<Config, 'tags' | 'faults' | 'experiments'>;
  readonly faults: FaultRegistry;
  readonly undoRoleName: string;
  /** May be a deploy-time token. */
  readonly regions: readonly string[];
}

/** The account that the template is deployed to. */
export function roleScope({ config, faults, undoRoleName, regions }: RoleScopeProps): RoleScope {
  return {
    partition: Aws.PARTITION,
    account: Aws.ACCOUNT_ID,
    undoRoleArn: roleArn(Aws.PARTITION, Aws.ACCOUNT_ID, undoRoleName),
    regions,
    optIn: config.tags.optIn,
    kinds: enabledKinds(config, faults, kinds),
    faults: enabledFaults(config, faults),
  };
}
