import type { Config } from '../config/config.ts';
import type { ChosenFault } from '../model/fault.ts';
import type { Group } from '../model/group.ts';
import type { Draws } from './draw.ts';
import type { BadTag } from './read-rate.ts';

/** The group's tag does not allow the requested fault. */
export interface NotAllowed {
  readonly notAllowed: string;
}

/**
 * The fault for a group: the requested one, unless the group's tag forbids it; else one of those that the tag names; else the
 * first in the configuration. A tag that names a fault which is not enabled spares the group, as its owner's intent is unclear.
 */
export function pickFault(
  group: Group,
  config: Config,
  requested: ChosenFault | undefined,
  draws: Draws,
): ChosenFault | BadTag | NotAllowed {
  const key = config.tags.faults;
  const text = group.tags[key];
  const enabled = new Map(config.faults.map((fault) => [fault.name, fault]));
  const wanted = text === undefined ? config.faults.slice(0, 1).map(({ name }) => name) : names(text);
  const chosen = enabled.get(draws.oneOf('fault', group.key, wanted) ?? '');
  if (chosen === undefined || wanted.some((name) => !enabled.has(name))) {
    return { badTag: `${key}="${text}": expected names out of ${[...enabled.keys()].join(', ')}` };
  }
  if (requested === undefined) return chosen;
  return text === undefined || wanted.includes(requested.name)
    ? requested
    : { notAllowed: `${requested.name} was asked for, and its tag says ${key}="${text}"` };
}

/** Not all AWS services allow commas in tag values, so spaces also separate names. */
function names(text: string): readonly string[] {
  return [...new Set(text.split(/[\s,]+/).filter((name) => name !== ''))];
}
