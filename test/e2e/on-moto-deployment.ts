import { afterAll, afterEach, beforeAll, describe, inject } from 'vitest';
import { motoAvailable, sayWithoutMoto } from '../support/moto.ts';
import type { Variant } from './config.ts';
import { deployToMoto, type MotoDeployment } from './moto-deployment.ts';

type Facts = (deployment: () => MotoDeployment) => void;

/** Tests facts about a deployment in a moto of its own, one after the other, so that none sees another's fleet. */
export function onMotoDeployment(name: string, ...facts: readonly Facts[]): void {
  onMotoDeploymentOf('live', name, ...facts);
}

/** The same, of a configuration. */
export function onMotoDeploymentOf(variant: Variant, name: string, ...facts: readonly Facts[]): void {
  if (!motoAvailable()) sayWithoutMoto(`the e2e tests of ${name}`);
  describe.skipIf(!motoAvailable())('on moto', () => {
    let deployment: MotoDeployment | undefined;
    const current = () => {
      if (deployment === undefined) throw new Error('moto has no deployment yet');
      return deployment;
    };
    beforeAll(async () => {
      deployment = await deployToMoto(inject('assemblies'), variant);
    });
    afterEach(async () => {
      await deployment?.fleet.clear();
      await deployment?.ledger.forget();
    });
    afterAll(() => deployment?.stop());

    for (const state of facts) state(current);
  });
}
