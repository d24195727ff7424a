import type { Config } from './config.ts';
import type { Draws } from './draw.ts';
import type { ChosenFault } from './fault.ts';
import type { Group } from './group.ts';
import type { BadTag } from './rate.ts';

/**
 * What a group would be struck with: what the request says, else one of those its tag names, else the configuration's first.
 * A tag that names a fault which is not enabled spares the group: its owner meant something by it.
 */
export function faultFor(
  group: Group,
  config: Config,
  requested: ChosenFault | undefined,
  draws: Draws,
): ChosenFault | BadTag {
  if (requested !== undefined) return requested;
  const key = config.tags.faults;
  const text = group.tags[key];
  const enabled = new Map(config.faults.map((fault) => [fault.name, fault]));
  const wanted = text === undefined ? config.faults.slice(0, 1).map(({ name }) => name) : names(text);
  const chosen = enabled.get(draws.oneOf('fault', group.key, wanted) ?? '');
  if (chosen === undefined || wanted.some((name) => !enabled.has(name))) {
    return { badTag: `${key}="${text}": expected names out of ${[...enabled.keys()].join(', ')}` };
  }
  return chosen;
}

/** Tag values may not hold commas everywhere in AWS, so spaces separate as well. */
function names(text: string): readonly string[] {
  return [...new Set(text.split(/[\s,]+/).filter((name) => name !== ''))];
}
