import type { Fault, FaultRegistry, LastingFault } from '#core/model/fault.ts';
import type { TargetKind } from '#core/model/target.ts';
import { commandsByHand } from './commands-by-hand.ts';
import { fillLists } from './lists-in-page.ts';

/** Regenerates the commands in docs/operations.md that end faults by hand. Throws if a fault that lasts is in no list. */
export function operationsPage(page: string, faults: FaultRegistry, kinds: readonly TargetKind[]): string {
  const lasting = [...faults.values()].filter((fault): fault is LastingFault => fault.lasts);
  const commandsOf = (fault: LastingFault) =>
    commandsByHand(fault, kindOf(fault, kinds))
      .map((commands) => commands.join('\n'))
      .join('\n# or\n');
  return fillLists(page, 'by hand', lasting, (listed) =>
    [...Map.groupBy(listed, commandsOf)]
      .map(([commands, same]) => `${titleOf(same)}\n\n\`\`\`sh\n${commands}\n\`\`\`\n`)
      .join('\n'),
  );
}

function kindOf({ kind }: Fault, kinds: readonly TargetKind[]): TargetKind {
  const found = kinds.find((one) => one.kind === kind);
  if (found === undefined) throw new Error(`no kind of target is named ${kind}`);
  return found;
}

function titleOf(faults: readonly LastingFault[]): string {
  return `${faults.map(({ name }) => `\`${name}\``).join(', ')}:`;
}
