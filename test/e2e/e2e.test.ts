import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import { motoAvailable, sayWithoutMoto } from '../support/moto.ts';
import { claimFacts } from './claims.facts.ts';
import { commandLineFacts } from './command-line.facts.ts';
import { deploymentFacts } from './deployment.facts.ts';
import { newsFacts } from './news.facts.ts';
import { questionFacts } from './questions.facts.ts';
import { recoveryFacts } from './recoveries.facts.ts';
import { type Stage, setStage } from './stage.ts';
import { strikeFacts } from './strikes.facts.ts';
import { troubleFacts } from './trouble.facts.ts';

const present = motoAvailable();
if (!present) sayWithoutMoto('the e2e tests');

// One file, so that all share one moto and one deployment, and none meets another's fleet.
describe.skipIf(!present)('on moto', () => {
  let stage: Stage | undefined;
  const current = () => {
    if (stage === undefined) throw new Error('the stage is not set');
    return stage;
  };
  beforeAll(async () => {
    stage = await setStage();
  });
  afterEach(async () => {
    await stage?.fleet.clear();
    await stage?.ledger.forget();
  });
  afterAll(() => stage?.stop());

  deploymentFacts(current);
  strikeFacts(current);
  claimFacts(current);
  recoveryFacts(current);
  questionFacts(current);
  troubleFacts(current);
  newsFacts(current);
  commandLineFacts(current);
});
