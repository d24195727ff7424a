import { commandLineFacts } from './command-line.facts.ts';
import { onStage } from './on-stage.ts';

onStage('the command line', commandLineFacts);
