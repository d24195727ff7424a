import { afterAll, afterEach, beforeAll, describe, inject } from 'vitest';
import { motoAvailable, sayWithoutMoto } from '../support/moto.ts';
import { type Stage, setStage } from './stage.ts';

/** States facts about what is deployed into a moto of their own. They follow each other, so that none meets another's fleet. */
export function onStage(name: string, ...facts: readonly ((stage: () => Stage) => void)[]): void {
  if (!motoAvailable()) sayWithoutMoto(`the e2e tests of ${name}`);
  describe.skipIf(!motoAvailable())('on moto', () => {
    let stage: Stage | undefined;
    const current = () => {
      if (stage === undefined) throw new Error('the stage is not set');
      return stage;
    };
    beforeAll(async () => {
      stage = await setStage(inject('assemblies'));
    });
    afterEach(async () => {
      await stage?.fleet.clear();
      await stage?.ledger.forget();
    });
    afterAll(() => stage?.stop());

    for (const state of facts) state(current);
  });
}
