import { onStage } from './on-stage.ts';
import { strikeFacts } from './strikes.facts.ts';

onStage('strikes', strikeFacts);
