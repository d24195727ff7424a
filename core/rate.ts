import type { Config } from './config.ts';
import type { Group } from './group.ts';

/** A tag's text is not what it should be; the group is spared and the text says why. */
export interface BadTag {
  readonly badTag: string;
}

/** The chance that a group is struck in one slot: its tag's, else the configuration's. */
export function probabilityOf(group: Group, config: Config): number | BadTag {
  const key = config.tags.probability;
  const text = group.tags[key];
  if (text === undefined) return config.probability;
  const probability = /^\s*(\d*\.?\d+|\d+\.)\s*(?:\/\s*(\d+)\s*)?$/.exec(text);
  const value = probability === null ? Number.NaN : Number(probability[1]) / Number(probability[2] ?? 1);
  return value >= 0 && value <= 1
    ? value
    : { badTag: `${key}="${text}": expected a number from 0 to 1, such as 0.25 or 1/6` };
}
