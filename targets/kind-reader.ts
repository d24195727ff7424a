import type { Config } from '#core/config/config.ts';
import type { KindTypes } from '#core/model/kind-types.ts';
import type { PartialResult } from '#core/model/partial-result.ts';
import type { StrikeEntry } from '#core/model/strike.ts';
import type { Target } from '#core/model/target.ts';
import type { Kind } from '#core/ports/kind.ts';
import type { Place, ReadClients } from './read-clients.ts';
import type { TagReader } from './tags.ts';

/** Reads the groups of one kind of target in one account and region. All methods throw AWS's errors. */
export interface KindReader<Of extends KindTypes = KindTypes> {
  readonly of: Kind<Of>;
  /** The opted-in groups, one promise per listing: if one fails, the others still count. */
  discover(
    look: ReadClients,
    place: Place,
    tags: TagReader,
    config: Config,
  ): readonly Promise<readonly Of['group'][]>[];
  /** The groups with a name, opted in or not. */
  find(
    name: string,
    look: ReadClients,
    place: Place,
    tags: TagReader,
    config: Config,
  ): Promise<readonly Of['group'][]>;
  /** Reads what only groups about to be struck need, by group key. */
  inspect(
    groups: readonly Of['group'][],
    place: Place,
    look: ReadClients,
    config: Config,
    tags: TagReader,
    /** Epoch ms. */
    now: number,
  ): Promise<ReadonlyMap<string, Of['inspection']>>;
  /** What a target is protected from, if that takes calls of its own. Omit it if targets of this kind cannot be protected. */
  protectionsOf?(target: Target, look: ReadClients): Promise<readonly string[]>;
  /** The group that has this ARN, without its tags. Omit it if no fault of another kind hits targets of this one. */
  groupOf?(arn: string, place: Place): Of['group'] | undefined;
  /** The same with its tags, which takes this action. */
  readonly tagsBy?: `${string}:${string}`;
  tagged?(group: Of['group'], look: ReadClients, place: Place, tags: TagReader): Promise<Of['group']>;
  /** The opted-in groups that act with a role, by its ARN: a fault of the role hits them. */
  actingAs?(
    roleArn: string,
    look: ReadClients,
    place: Place,
    tags: TagReader,
  ): Promise<readonly Of['group'][]>;
  /** The current state of these strikes' groups, by `strikeKey`. */
  observe(
    strikes: readonly StrikeEntry[],
    place: Place,
    look: ReadClients,
    tags: TagReader,
  ): Promise<PartialResult<ReadonlyMap<string, Of['observation']>>>;
}
