import { claimFacts } from './claims.facts.ts';
import { deploymentFacts } from './deployment.facts.ts';
import { newsFacts } from './news.facts.ts';
import { onStage } from './on-stage.ts';
import { questionFacts } from './questions.facts.ts';
import { recoveryFacts } from './recoveries.facts.ts';
import { troubleFacts } from './trouble.facts.ts';

onStage('all else', deploymentFacts, claimFacts, recoveryFacts, questionFacts, troubleFacts, newsFacts);
