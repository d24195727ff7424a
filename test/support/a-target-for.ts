import type { Target } from '#core/model/target.ts';
import { faults } from '#faults/registry.ts';
import { kinds } from '#targets/registry.ts';

/** A target of the kind that this fault is done to, in a group of its own for each number. */
export function aTargetFor(
  { name }: { readonly name: string },
  { account = '222222222222', region = 'eu-west-1', number = 1 } = {},
): Target {
  const targets = kinds.flatMap((kind): readonly Target[] => {
    if (kind.kind !== faults.get(name)?.kind) return [];
    const { group, inspection } = kind.fit({ account, region, number }, {});
    return kind.candidates(group, inspection).flatMap(({ target }) => target ?? []);
  });
  const [target] = targets;
  if (target === undefined) throw new Error(`no kind has a target for ${name}`);
  return target;
}
