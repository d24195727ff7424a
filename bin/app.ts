import { faults } from '#faults/registry.ts';
import { ChaosMasterStack } from '#lib/chaos-master-stack.ts';
import { synth } from './synth.ts';

/** The master account: `npx cdk deploy`. */
await synth((app, config) => new ChaosMasterStack(app, { config, faults }));
