import { commandLineFacts } from './command-line.facts.ts';
import { onMotoDeployment } from './on-moto-deployment.ts';

onMotoDeployment('the command line', commandLineFacts);
