import type { Config } from '#core/config/config.ts';
import type { Kind } from '#core/kinds/kind.ts';
import type { KindTypes } from '#core/model/kind-types.ts';
import type { PartialResult } from '#core/model/partial-result.ts';
import type { StrikeEntry } from '#core/model/strike.ts';
import type { Target } from '#core/model/target.ts';
import type { Place, ReadClients } from './read-clients.ts';
import type { TagReader } from './tags.ts';

/** How groups of a kind of target are looked at in one account and region. All methods throw what AWS answers. */
export interface KindReader<Of extends KindTypes = KindTypes> {
  readonly of: Kind<Of>;
  /** The opted-in groups, with a promise for each listing: if one fails, the groups of the others stand. */
  discover(look: ReadClients, place: Place, tags: TagReader): readonly Promise<readonly Of['group'][]>[];
  /** The groups with a name, opted in or not. */
  find(name: string, look: ReadClients, place: Place, tags: TagReader): Promise<readonly Of['group'][]>;
  /** What is read only about groups that are about to be struck, by group key. */
  inspect(
    groups: readonly Of['group'][],
    place: Place,
    look: ReadClients,
    config: Config,
    tags: TagReader,
  ): Promise<ReadonlyMap<string, Of['inspection']>>;
  /** What a target is protected from, if that takes a call for each. Left out: nothing protects targets of this kind. */
  protectionsOf?(target: Target, look: ReadClients): Promise<readonly string[]>;
  /** How the groups of these strikes are now, by `strikeKey`. */
  observe(
    strikes: readonly StrikeEntry[],
    place: Place,
    look: ReadClients,
    tags: TagReader,
  ): Promise<PartialResult<ReadonlyMap<string, Of['observation']>>>;
}
