/** What the owner of a function imports into a CDK app. */
export { FailureLayer } from './failure-layer.ts';
