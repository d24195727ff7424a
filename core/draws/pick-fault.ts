import type { Config } from '../config/config.ts';
import type { ChosenFault, FaultRegistry } from '../model/fault.ts';
import type { Group } from '../model/group.ts';
import type { Draws } from './draw.ts';
import type { BadTag } from './read-rate.ts';

/** No fault that may be done to the group is left; or its tag does not name the one that was asked for. */
export interface NotAllowed {
  readonly notAllowed: string;
}

/** What a fault is picked from. */
interface Choices {
  readonly config: Config;
  readonly faults: FaultRegistry;
  /** The name of the kind that the group's targets are of. */
  readonly kind: string;
}

/**
 * What a group would be struck with: what the request says, if the group's tag does not say otherwise; else one of those the
 * tag names, else the configuration's first for targets of this kind. A tag that names a fault which is not enabled spares the
 * group: its owner meant something by it.
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
  const wanted = text === undefined ? fitting.slice(0, 1) : names(text);
  const isBad = wanted.length === 0 || wanted.some((name) => !enabled.has(name));
  if (text !== undefined && isBad) {
    return { badTag: `${key}="${text}": expected names out of ${[...enabled.keys()].join(', ')}` };
  }
  const other = wanted.find((name) => !isOfKind(name));
  if (other !== undefined) return { notAllowed: `${key}="${text}": ${notFor(kind, other)}` };
  if (requested !== undefined && !isOfKind(requested.name)) {
    return {
      notAllowed: `${requested.name} was asked for, and cannot be done to targets of the kind ${kind}`,
    };
  }
  if (requested !== undefined) {
    return text === undefined || wanted.includes(requested.name)
      ? requested
      : { notAllowed: `${requested.name} was asked for, and its tag says ${key}="${text}"` };
  }
  const chosen = enabled.get(draws.oneOf('fault', group.key, wanted) ?? '');
  return (
    chosen ?? {
      notAllowed: `none of the enabled faults can be done to targets of the kind ${kind}: ${[...enabled.keys()].join(', ')}`,
    }
  );
}

function notFor(kind: string, fault: string): string {
  return `${fault} cannot be done to targets of the kind ${kind}`;
}

/** Not all AWS services allow commas in tag values, so spaces also separate names. */
function names(text: string): readonly string[] {
  return [...new Set(text.split(/[\s,]+/).filter((name) => name !== ''))];
}
