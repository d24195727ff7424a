import type { Config } from '#core/config/config.ts';
import type { Kind } from '#core/kinds/kind.ts';
import type { Group, Inspection, Protection } from '#core/model/group.ts';
import type { Observation } from '#core/model/observation.ts';
import type { PartialResult } from '#core/model/partial-result.ts';
import type { StrikeEntry } from '#core/model/strike.ts';
import type { Target } from '#core/model/target.ts';
import type { Place, ReadClients } from './read-clients.ts';
import type { TagReader } from './tags.ts';

/** How groups of a kind of target are looked at in one account and region. All throw what AWS answers. */
export interface KindReader {
  readonly of: Kind;
  /** The opted-in groups, a promise for each listing: one that fails keeps nothing of the others. */
  discover(look: ReadClients, place: Place, tags: TagReader): readonly Promise<readonly Group[]>[];
  /** The groups of a name, opted in or not. */
  find(name: string, look: ReadClients, place: Place, tags: TagReader): Promise<readonly Group[]>;
  /** What is asked only of groups about to be struck, by group key. */
  inspect(
    groups: readonly Group[],
    place: Place,
    look: ReadClients,
    config: Config,
    tags: TagReader,
  ): Promise<ReadonlyMap<string, Inspection>>;
  protectionsOf(target: Target, look: ReadClients): Promise<readonly Protection[]>;
  /** How the groups of these strikes are now, by `strikeKey`. */
  observe(
    strikes: readonly StrikeEntry[],
    place: Place,
    look: ReadClients,
    tags: TagReader,
  ): Promise<PartialResult<ReadonlyMap<string, Observation>>>;
}
