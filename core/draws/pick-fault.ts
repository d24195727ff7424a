import type { Config } from '../config/config.ts';
import type { ChosenFault, FaultRegistry } from '../model/fault.ts';
import type { Group } from '../model/group.ts';
import type { Draws } from './draw.ts';
import type { BadTag } from './read-rate.ts';

/** No enabled fault fits the group, or its tag does not allow the requested one. */
export interface NotAllowed {
  readonly notAllowed: string;
}

interface Choices {
  readonly config: Config;
  readonly faults: FaultRegistry;
  /** The name of the kind of the group's targets. */
  readonly kind: string;
}

/**
 * The fault to strike a group with: the requested one, if the group's tag allows it; else one of those that the tag names; else
 * the first configured one for this kind of target. A tag that names a fault that is not enabled spares the group: its owner
 * meant something by it.
 */
export function pickFault(
  group: Group,
  { config, faults, kind }: Choices,
  requested: ChosenFault | undefined,
  draws: Draws,
): ChosenFault | BadTag | NotAllowed {
  const key = config.tags.faults;
  const text = group.tags[key];
  const enabled = new Map(config.faults.map((fault) => [fault.name, fault]));
  const isOfKind = (name: string) => faults.get(name)?.kind === kind;
  const fitting = [...enabled.keys()].filter(isOfKind);
  const wanted = text === undefined ? fitting.slice(0, 1) : splitNames(text);
  const isBad = wanted.length === 0 || wanted.some((name) => !enabled.has(name));
  if (text !== undefined && isBad) {
    return { badTag: `${key}="${text}": expected one or more of ${[...enabled.keys()].join(', ')}` };
  }
  const other = wanted.find((name) => !isOfKind(name));
  if (other !== undefined) return { notAllowed: `${key}="${text}": ${notFor(kind, other)}` };
  if (requested !== undefined && !isOfKind(requested.name)) {
    return {
      notAllowed: `the requested fault ${requested.name} does not apply to targets of kind ${kind}`,
    };
  }
  if (requested !== undefined) {
    return text === undefined || wanted.includes(requested.name)
      ? requested
      : { notAllowed: `the requested fault ${requested.name} is not in its tag ${key}="${text}"` };
  }
  const chosen = enabled.get(draws.oneOf('fault', group.key, wanted) ?? '');
  return (
    chosen ?? {
      notAllowed: `none of the enabled faults applies to targets of kind ${kind}: ${[...enabled.keys()].join(', ')}`,
    }
  );
}

function notFor(kind: string, fault: string): string {
  return `${fault} does not apply to targets of kind ${kind}`;
}

/** Not all AWS services allow commas in tag values, so spaces also separate names. */
function splitNames(text: string): readonly string[] {
  return [...new Set(text.split(/[\s,]+/).filter((name) => name !== ''))];
}
