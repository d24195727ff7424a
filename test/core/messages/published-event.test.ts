import { expect, test } from 'vitest';
import { planEvent, runEvent } from '#core/messages/published-event.ts';
import { aMasterDeployment } from '../../support/a-master-deployment.ts';
import { aPlan } from '../../support/a-plan.ts';
import { aReport } from '../../support/a-report.ts';

test("machines know an event by its type and its schema's version", () => {
  const [report, plan] = [aReport(), aPlan()];
  expect(runEvent(report, aMasterDeployment())).toEqual({
    schemaVersion: 1,
    type: 'chaos.run',
    deployment: aMasterDeployment(),
    report,
  });
  expect(planEvent(plan, aMasterDeployment())).toEqual({
    schemaVersion: 1,
    type: 'chaos.plan',
    deployment: aMasterDeployment(),
    plan,
  });
});
