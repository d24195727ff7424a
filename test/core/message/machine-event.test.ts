import { expect, test } from 'vitest';
import { planEvent, runEvent } from '#core/message/machine-event.ts';
import { aPlan } from '../../support/a-plan.ts';
import { aReport } from '../../support/a-report.ts';

test("machines know an event by its type and its schema's version", () => {
  const [report, plan] = [aReport(), aPlan()];
  expect(runEvent(report)).toEqual({ schemaVersion: 1, type: 'chaos.run', report });
  expect(planEvent(plan)).toEqual({ schemaVersion: 1, type: 'chaos.plan', plan });
});
