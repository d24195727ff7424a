import { listGuards } from '#core/guards/index.ts';
import type { Kind } from '#core/kinds/kind.ts';
import { kinds as registered } from '#targets/registry.ts';

/** The kinds of target, each with every guard that a run asks of its groups. */
export const kinds: readonly Kind[] = registered.map((kind) => ({
  ...kind,
  guards: listGuards(kind.guards),
}));
