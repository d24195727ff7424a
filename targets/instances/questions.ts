import { available, type Lookup } from '#core/util/lookup.ts';

/**
 * What takes a call of its own for each group that is about to be struck, and the IAM action of that call. `ask.ts` makes the calls;
 * an inspection has the answers under these names.
 */
export const questions = {
  /** The group's instance refreshes that have not ended: `4f1c... InProgress`. */
  refreshes: 'autoscaling:DescribeInstanceRefreshes',
  /** The group's scaling activities that have not ended: `Launching a new EC2 instance: i-0abc`. */
  activities: 'autoscaling:DescribeScalingActivities',
} as const;

export type Question = keyof typeof questions;

/** By question. One failed call does not affect the other answers. */
export type Answers = Readonly<Record<Question, Lookup<readonly string[]>>>;

export const questionNames = Object.keys(questions) as Question[]; // TypeScript takes an object's keys for any strings.

export function answersFrom(answers: readonly (readonly [Question, Answers[Question]])[]): Answers {
  return Object.fromEntries(answers) as Answers; // Likewise.
}

/** The answers for a group that is at rest. */
export const nothingToTell: Answers = answersFrom(questionNames.map((name) => [name, available([])]));
