import pMap from 'p-map';
import { partitionOf } from '#core/model/aws-names.ts';
import { type Failure, failure } from '#core/model/failure.ts';
import type { FaultRegistry } from '#core/model/fault.ts';
import type { RunContext } from '#core/model/run-context.ts';
import { undoPolicy } from '#core/permissions/session-policies.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { Reach } from '#core/ports/reach.ts';
import type { Undoable, Undoer } from '#core/ports/undoer.ts';
import type { Clients } from './clients/clients.ts';
import { chunksThatFit, isPolicyTooLarge } from './policy-size.ts';
import { awsReach } from './reach.ts';
import type { Sessions } from './sessions.ts';

const rolesAtOnce = 8;

/** Reaches targets by the roles that their undo entries name, through sessions that can undo exactly those strikes. */
export function awsUndoer(parts: {
  readonly clients: Clients;
  readonly sessions: Sessions;
  readonly faults: FaultRegistry;
  readonly clock: Clock;
}): Undoer {
  const { sessions, faults } = parts;

  const openFor = async (
    entries: readonly Undoable[],
    run: RunContext,
  ): Promise<readonly (readonly [string, Reach])[]> => {
    const [first] = entries;
    if (first === undefined) return [];
    try {
      const { account } = first.target;
      const session = await sessions.openForUndo({ account, ...first.role }, policyFor(entries), run);
      return entries.map(({ id, role, target }) => [
        id,
        awsReach(parts, session, { region: target.region, undoRoleArn: role.arn }),
      ]);
    } catch (error) {
      if (!isPolicyTooLarge(error) || entries.length === 1) throw error;
      const half = Math.ceil(entries.length / 2);
      const halves = [entries.slice(0, half), entries.slice(half)];
      return (await Promise.all(halves.map((part) => openFor(part, run)))).flat();
    }
  };

  const policyFor = (entries: readonly Undoable[]) => {
    const { region, account } = entries[0]?.target ?? { region: '', account: '' };
    const undoRoleArn = entries[0]?.role.arn ?? '';
    return undoPolicy(entries, faults, { partition: partitionOf(region), account, undoRoleArn });
  };

  return {
    open: async (entries, run) => {
      const byRole = Map.groupBy(entries, ({ role }) => `${role.arn} ${role.externalId}`);
      const chunks = [...byRole.values()].flatMap((ofRole) => chunksThatFit(ofRole, policyFor));
      const failures: Failure[] = [];
      const opened = await pMap(
        chunks,
        (chunk) =>
          openFor(chunk, run).catch((error: unknown) => {
            const account = chunk[0]?.target.account ?? '';
            failures.push(failure('assume-role', error, { account }));
            return [];
          }),
        { concurrency: rolesAtOnce },
      );
      return { value: new Map(opened.flat()), failures };
    },
  };
}
