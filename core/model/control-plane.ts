/** Everything that the stacks of the master and of target accounts create carries this tag: no role of ours may strike it. */
export const controlPlaneTag = { key: 'chaos:control-plane', value: 'true' } as const;

/** Names that the bootstrap of CDK and these stacks use, for what carries no tags: `chaos_monkey`, `chaos-monkey-undo`, `cdk-hnb659fds-...`. */
const ourNames = /^(chaos[_-]|cdk-)/i;

/** Why a resource is part of the control plane; undefined if it is not. */
export function describeControlPlane(
  name: string,
  tags: Readonly<Record<string, string>>,
): string | undefined {
  const { key, value } = controlPlaneTag;
  if (tags[key] === value) return `it has the tag ${key}=${value}`;
  return ourNames.test(name) ? `its name is one of the control plane's: ${name}` : undefined;
}
