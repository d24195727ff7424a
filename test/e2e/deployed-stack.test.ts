import { claimFacts } from './claims.facts.ts';
import { deploymentFacts } from './deployment.facts.ts';
import { notificationFacts } from './notifications.facts.ts';
import { onMotoDeployment } from './on-moto-deployment.ts';
import { planExplainReplayFacts } from './plan-explain-replay.facts.ts';
import { recoveryFacts } from './recoveries.facts.ts';
import { spareFacts } from './spared-accounts-and-groups.facts.ts';

onMotoDeployment(
  'all else',
  deploymentFacts,
  claimFacts,
  recoveryFacts,
  planExplainReplayFacts,
  spareFacts,
  notificationFacts,
);
