import type { ChosenFault } from './fault.ts';

/** `ec2-terminate (via autoscaling)`. Null says that a parameter has no effect. */
export function faultText({ name, parameters }: ChosenFault): string {
  const shown = Object.entries(Object(parameters))
    .filter(([, value]) => value !== null)
    .map(([key, value]) => `${key} ${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return shown.length === 0 ? name : `${name} (${shown.join(', ')})`;
}
