import type { Explanation } from '#core/reports/explanation.ts';
import type { GroupList } from '#core/reports/group-list.ts';
import type { Plan } from '#core/reports/plan.ts';
import type { Replay } from '#core/reports/replay.ts';
import type { RunReport } from '#core/reports/run-report.ts';
import { chaosMonkey } from '#lambdas/chaos-monkey/monkey.ts';
import { type FullDeployment, faultChoices, targetId } from './full-deployment.ts';

/** The answers to every kind of request to `chaos_monkey`. Undefined if it threw instead. */
export interface Exercise {
  /** One for each fault choice. */
  readonly runs: readonly RunReport[];
  readonly verifications: readonly RunReport[];
  readonly explanation: Explanation | undefined;
  readonly plan: Plan | undefined;
  readonly groups: GroupList | undefined;
  readonly replay: Replay | undefined;
  readonly thrown: readonly Error[];
}

const slot = '2026-11-23T09:00:00Z';
const minuteMs = 60_000;

/** Strikes with every fault choice in the day's first slot, verifies until all outcomes are known, and makes all other requests. */
export async function exerciseEverything({
  world,
  clock,
  fates,
}: Pick<FullDeployment, 'world' | 'clock' | 'fates'>): Promise<Exercise> {
  const thrown: Error[] = [];
  let invocations = 0;
  const ask = async <Answer>(request: object): Promise<Answer | undefined> => {
    invocations += 1;
    const id = String(invocations).padStart(8, '0');
    const context = { awsRequestId: id, getRemainingTimeInMillis: () => 300_000 };
    try {
      return (await chaosMonkey(world, () => id)(request, context)) as Answer;
    } catch (error) {
      thrown.push(error instanceof Error ? error : new Error(String(error)));
      return undefined;
    }
  };
  const reports = async (requests: readonly object[], minutesBefore = 0): Promise<readonly RunReport[]> => {
    const answers: RunReport[] = [];
    for (const request of requests) {
      await clock.advance(minutesBefore * minuteMs);
      const report = await ask<RunReport>(request);
      if (report !== undefined) answers.push(report);
    }
    return answers;
  };

  const runs = await reports(
    faultChoices.map((fault, index) => ({
      slot,
      dryRun: false,
      fault,
      groups: Object.keys(fates[index] ?? {}),
    })),
  );
  const group = `${targetId}/eu-west-1/asg/web-0`;
  const explanation = await ask<Explanation>({ task: 'explain', group });
  const verifications = await reports([{ task: 'verify' }, { task: 'verify' }], 20);
  return {
    runs,
    verifications,
    explanation,
    plan: await ask({ task: 'plan' }),
    groups: await ask({ task: 'groups' }),
    replay: await ask({ task: 'replay', runId: runs[0]?.runId ?? '' }),
    thrown,
  };
}

/** Lists everything that went wrong; empty if nothing did. */
export function findProblems(exercise: Exercise): readonly string[] {
  const { runs, verifications, explanation, plan, groups, replay, thrown } = exercise;
  const reports = [...runs, ...verifications];
  return [
    ...thrown.map(({ message }) => `thrown: ${message}`),
    ...[...reports, ...(plan === undefined ? [] : [plan]), ...(groups === undefined ? [] : [groups])].flatMap(
      ({ failures }) => failures.map(({ stage, message }) => `${stage}: ${message}`),
    ),
    ...reports.flatMap(({ gates }) =>
      gates.filter(({ open }) => !open).map(({ gate, text }) => `${gate}: ${text}`),
    ),
    ...reports.flatMap(({ decisions }) =>
      decisions
        .filter(({ verdict }) => verdict === 'spare')
        .map(({ group, reason: { code, text } }) => `${group}: ${code}: ${text}`),
    ),
    ...reports.flatMap(({ strikes }) =>
      strikes.filter(({ outcome }) => outcome !== 'succeeded').map(({ detail }) => `strike: ${detail}`),
    ),
    ...(explanation?.failures ?? []).map((text) => `explanation: ${text}`),
    ...(replay?.first === undefined ? [] : [`replay: ${replay.first.group} was decided otherwise`]),
  ];
}
