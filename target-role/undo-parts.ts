import type { Construct } from 'constructs';
import type { Config } from '#core/config/config.ts';
import { anyLasts } from '#core/config/enabled-faults.ts';
import type { FaultRegistry } from '#core/model/fault.ts';
import {
  type CommandDocument,
  cpuBurn,
  diskFill,
  memoryFill,
  processKill,
  undo,
} from '#documents/documents.ts';
import { addDenyPolicy } from './deny-policy.ts';
import { addDocuments, addScheduleGroup, neededDocuments, needsScheduleGroup } from './regional-resources.ts';
import { UndoRole, type UndoRoleProps } from './undo-role.ts';

/** What outlives all other stacks of a target account, so that nothing stays broken without them: a stack and a template each. */
export interface UndoPart {
  readonly stackName: string;
  /** The template, in target-role/. */
  readonly file: string;
  readonly description: string;
  /** IAM is global: its part is deployed once an account, the others once a region. */
  readonly isRegional: boolean;
  /** Whether the enabled faults need it. */
  isNeeded(config: Pick<Config, 'faults'>, faults: FaultRegistry): boolean;
  readonly add: (scope: Construct, props: UndoRoleProps) => void;
}

export const undoParts: readonly UndoPart[] = [
  {
    stackName: 'ChaosUndo',
    file: 'chaos-undo.yaml',
    description: 'What ends the faults of chaos_monkey. To be kept even if its master is gone.',
    isRegional: false,
    isNeeded: anyLasts,
    add: (scope, props) => {
      new UndoRole(scope, 'UndoRole', props);
      addDenyPolicy(scope, props);
    },
  },
  {
    stackName: 'ChaosUndoRegional',
    file: 'chaos-undo-regional.yaml',
    description: 'The group of the schedules that end faults of chaos_monkey if nobody else does.',
    isRegional: true,
    isNeeded: needsScheduleGroup,
    add: (scope) => addScheduleGroup(scope),
  },
  {
    stackName: 'ChaosDocuments',
    file: 'chaos-documents.yaml',
    description: 'What chaos_monkey runs on instances, and ends there.',
    isRegional: true,
    ...ofDocuments([undo, cpuBurn, processKill]),
  },
  {
    // A request takes 51,200 bytes of template. Without a bucket, which an account that is not bootstrapped lacks, there is no other way.
    stackName: 'ChaosDocumentsOfSpace',
    file: 'chaos-documents-of-space.yaml',
    description: 'What chaos_monkey runs on instances to fill memory and disks.',
    isRegional: true,
    ...ofDocuments([memoryFill, diskFill]),
  },
];

export function neededParts(config: Pick<Config, 'faults'>, faults: FaultRegistry): readonly UndoPart[] {
  return undoParts.filter((part) => part.isNeeded(config, faults));
}

/** No others are there to run than those that the enabled faults need. */
function ofDocuments(documents: readonly CommandDocument[]): Pick<UndoPart, 'isNeeded' | 'add'> {
  return {
    isNeeded: (config, faults) => neededDocuments(documents, { config, faults }).length > 0,
    add: (scope, props) => addDocuments(scope, neededDocuments(documents, props)),
  };
}
