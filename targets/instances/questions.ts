import { available, type Lookup } from '#core/util/lookup.ts';

/**
 * What is asked about each group that is about to be struck, in a call of its own, and the action that answers. An inspection has
 * the answers under these names, and `ask.ts` asks.
 */
export const questions = {
  /** The group's instance refreshes that have not ended: `4f1c... InProgress`. */
  refreshes: 'autoscaling:DescribeInstanceRefreshes',
  /** The group's scaling activities that have not ended: `Launching a new EC2 instance: i-0abc`. */
  activities: 'autoscaling:DescribeScalingActivities',
} as const;

export type Question = keyof typeof questions;

/** By question; each is unknown by itself, so one failed answer does not fail the rest. */
export type Answers = Readonly<Record<Question, Lookup<readonly string[]>>>;

export const questionNames = Object.keys(questions) as Question[]; // TypeScript takes an object's keys for any strings.

export function answersFrom(answers: readonly (readonly [Question, Answers[Question]])[]): Answers {
  return Object.fromEntries(answers) as Answers; // Likewise.
}

/** The answers about a group that nothing is happening to. */
export const nothingToTell: Answers = answersFrom(questionNames.map((name) => [name, available([])]));
