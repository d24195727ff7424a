import type { ChosenFault } from './fault.ts';

/** `ec2-terminate (via autoscaling)`. */
export function faultText({ name, parameters }: ChosenFault): string {
  const shown = Object.entries(Object(parameters)).map(
    ([key, value]) => `${key} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return shown.length === 0 ? name : `${name} (${shown.join(', ')})`;
}
