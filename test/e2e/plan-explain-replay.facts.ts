import { describe, expect, test } from 'vitest';
import { Explanation } from '#core/reports/explanation.ts';
import { Plan } from '#core/reports/plan.ts';
import { Replay } from '#core/reports/replay.ts';
import { parse } from '#core/util/parse.ts';
import { somewhere } from './accounts-and-regions.ts';
import { apiEvent, liveRun } from './events.ts';
import type { MotoDeployment } from './moto-deployment.ts';
import { alwaysStruck } from './moto-fleet.ts';

const web = `${somewhere.account}/${somewhere.region}/asg/web`;

export function planExplainReplayFacts(deployment: () => MotoDeployment): void {
  /** Of the deployed function, which has to touch nothing for an answer. */
  const answerTo = async (question: object) => {
    let answer: unknown;
    const losses = await deployment().fleet.lossesDuring(async () => {
      answer = await deployment().monkey().invoke(question);
    });
    expect(losses).toEqual({});
    return answer;
  };

  describe('questions', () => {
    test('a plan names the slots of a day, and who is struck in them', async () => {
      await deployment().fleet.group(somewhere, 'web', 3, alwaysStruck);
      const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
      // A slot every six hours.
      const slots = Array.from({ length: 4 }, () => ({ group: web, fault: 'ec2-terminate' }));
      const plan = { from: tomorrow, to: tomorrow, mode: 'live', failures: [], days: [{ strikes: slots }] };
      expect(parse(Plan, await answerTo({ task: 'plan', date: tomorrow }), 'answer')).toMatchObject(plan);
      const { statusCode, body } = (await answerTo(
        apiEvent(JSON.stringify({ task: 'plan', date: tomorrow })),
      )) as { readonly statusCode: number; readonly body: string };
      expect(statusCode).toBe(200);
      expect(JSON.parse(body)).toMatchObject(plan);
    });

    test('an explanation tells every guard and the last strikes', async () => {
      await deployment().fleet.group(somewhere, 'web', 3, alwaysStruck);
      const { runId, strikes } = await liveRun(deployment());
      const explanation = parse(Explanation, await answerTo({ task: 'explain', group: 'web' }), 'answer');
      expect(explanation).toMatchObject({
        group: web,
        rate: '1 in each slot',
        failures: [],
        strikes: [{ runId, target: strikes[0]?.target, state: 'succeeded' }],
      });
      expect(explanation.guards.filter(({ passes }) => !passes)).toEqual([]);
    });

    test('a recorded run is decided the same again', async () => {
      const { fleet } = deployment();
      await fleet.group(somewhere, 'web', 3, alwaysStruck);
      await fleet.group(somewhere, 'never', 2, { 'chaos:opt-in': 'true' });
      const { runId } = await liveRun(deployment());
      expect(parse(Replay, await answerTo({ task: 'replay', runId }), 'answer')).toEqual({
        schemaVersion: 2,
        runId,
        groups: 2,
        chosen: 1,
        differences: 0,
      });
      await expect(answerTo({ task: 'replay', runId: '20260101T000000Z-00000000' })).rejects.toThrow(
        /recorded.*90 days/,
      );
    });
  });
}
