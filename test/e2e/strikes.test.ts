import { onMotoDeployment } from './on-moto-deployment.ts';
import { strikeFacts } from './strikes.facts.ts';

onMotoDeployment('strikes', strikeFacts);
