import type { ChosenFault } from './fault.ts';

/** `ec2-terminate (via autoscaling)`. */
export function faultText({ name, parameters }: ChosenFault): string {
  const shown = Object.entries(Object(parameters)).map(
    ([key, value]) => `${key} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return shown.length === 0 ? name : `${name} (${shown.join(', ')})`;
}

/** A group's key in words: `Auto Scaling group web`. */
export function groupText(key: string): string {
  const group = partsOf(key);
  if (group === undefined) return `group ${key}`;
  return `${group.kind === 'asg' ? 'Auto Scaling group' : 'group'} ${group.name}`;
}

/** Where a group is, by its key: `account 222222222222, eu-west-1`. Undefined for a key of another form. */
export function groupPlace(key: string): string | undefined {
  const group = partsOf(key);
  return group === undefined ? undefined : `account ${group.account}, ${group.region}`;
}

function partsOf(key: string) {
  // A name may contain slashes itself.
  const [, account, region, kind, name] = /^([^/]+)\/([^/]+)\/(asg|tag)\/(.+)$/s.exec(key) ?? [];
  return name === undefined ? undefined : { account, region, kind, name };
}
