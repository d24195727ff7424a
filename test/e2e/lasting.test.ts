import { lastingFacts } from './lasting.facts.ts';
import { onMotoDeploymentOf } from './on-moto-deployment.ts';

onMotoDeploymentOf('lasting', 'faults that last', lastingFacts);
