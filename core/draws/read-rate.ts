import type { Config } from '../config/config.ts';
import type { Group } from '../model/group.ts';

/** A tag is not valid, which spares the group. The text says why. */
export interface BadTag {
  readonly badTag: string;
}

/** How often a group is struck. */
export type GroupRate =
  /** Chance in each slot. */
  | { readonly mode: 'probability'; readonly probability: number }
  /** Chance on each work day that is at least `minDays` after the last strike. */
  | {
      readonly mode: 'mean-days';
      readonly meanDays: number;
      readonly minDays: number;
      readonly probability: number;
    };

/** The group's rate: from its tags, or else from the configuration. */
export function readRate(group: Group, { rate, tags }: Config): GroupRate | BadTag {
  const [probability, mean, min] = [tags.probability, tags.meanDays, tags.minDays].map((key) => {
    const text = group.tags[key];
    return text === undefined ? undefined : { key, text };
  });
  if (probability !== undefined && (mean ?? min) !== undefined) {
    return { badTag: `it has ${probability.key} and ${(mean ?? min)?.key}: expected one rate` };
  }
  if (probability !== undefined) return probabilityIn(probability);
  const preset = 'meanDays' in rate ? rate : undefined;
  if (mean === undefined && min === undefined) {
    return 'meanDays' in rate ? ofDays(rate) : { mode: 'probability', ...rate };
  }

  const meanDays = mean === undefined ? preset?.meanDays : daysIn(mean.text, /^\d+(\.\d+)?$/);
  if (meanDays === undefined) return { badTag: `it has ${min?.key} without ${tags.meanDays}` };
  if (Number.isNaN(meanDays)) return badDays(mean, 'a number of work days, at least 1, such as 5 or 7.5');
  const minDays = min === undefined ? (preset?.minDays ?? 1) : daysIn(min.text, /^\d+$/);
  if (Number.isNaN(minDays)) return badDays(min, 'a whole number of work days, at least 1');
  if (meanDays < minDays) {
    return {
      badTag: `its mean gap of ${meanDays} work days is below its minimum of ${minDays} (${tags.meanDays}, ${tags.minDays})`,
    };
  }
  return ofDays({ meanDays, minDays });
}

/**
 * From `minDays` after the last strike on, each work day has a strike with probability p. The mean gap is `minDays - 1 + 1/p` days,
 * which equals `meanDays` for this p. Netflix's Chaos Monkey uses p = 1/mean, which ignores the minimum gap and strikes too rarely.
 */
function ofDays({ meanDays, minDays }: { readonly meanDays: number; readonly minDays: number }): GroupRate {
  return { mode: 'mean-days', meanDays, minDays, probability: 1 / (meanDays - minDays + 1) };
}

function probabilityIn({ key, text }: Tag): GroupRate | BadTag {
  const parts = /^\s*(\d*\.?\d+|\d+\.)\s*(?:\/\s*(\d+)\s*)?$/.exec(text);
  const probability = parts === null ? Number.NaN : Number(parts[1]) / Number(parts[2] ?? 1);
  return probability <= 1
    ? { mode: 'probability', probability }
    : { badTag: `${key}="${text}": expected a number from 0 to 1, such as 0.25 or 1/6` };
}

/** NaN if the text is not a number of days. */
function daysIn(text: string, pattern: RegExp): number {
  const days = pattern.test(text.trim()) ? Number(text) : Number.NaN;
  return days >= 1 ? days : Number.NaN;
}

function badDays(tag: Tag | undefined, expected: string): BadTag {
  return { badTag: `${tag?.key}="${tag?.text}": expected ${expected}` };
}

interface Tag {
  readonly key: string;
  readonly text: string;
}
