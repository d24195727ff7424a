import * as z from 'zod';
import type { UndoEntry } from '#core/model/undo-entry.ts';
import type { UndoReport } from '#core/reports/undo-report.ts';
import type { JanitorWorld } from '#core/undo/janitor-round.ts';
import type { UndoOrder } from '#core/undo/plan-undo.ts';
import { codeOf, messageOf } from '#core/util/error-text.ts';
import { oneLine } from '#core/util/format.ts';
import { listFirst } from '#core/util/list-first.ts';

/** What CloudFormation asks of a custom resource. Source: CloudFormation User Guide, "Custom resource request objects". */
export const LifecycleRequest = z.looseObject({
  RequestType: z.enum(['Create', 'Update', 'Delete']),
  ResponseURL: z.string(),
  StackId: z.string(),
  RequestId: z.string(),
  LogicalResourceId: z.string(),
  ResourceProperties: z.looseObject({
    /** The enabled faults. */
    Faults: z.array(z.string()).default([]),
    /** The target accounts. */
    Accounts: z.array(z.string()).default([]),
  }),
});
export type LifecycleRequest = z.infer<typeof LifecycleRequest>;

export interface LifecycleParts {
  readonly world: JanitorWorld;
  /** Epoch ms by which CloudFormation must have its answer. */
  readonly until: number;
  readonly round: (order: UndoOrder) => Promise<UndoReport>;
  readonly put: (url: string, body: string) => Promise<void>;
}

/**
 * Keeps the stack from changing in a way that would leave something broken: undoes everything before it is deleted, and refuses to disable
 * a fault, or to leave an account, while it is active. CloudFormation always gets an answer.
 */
export async function lifecycle(request: LifecycleRequest, parts: LifecycleParts): Promise<void> {
  const { RequestType, ResponseURL, StackId, RequestId, LogicalResourceId } = request;
  let refusal: string | undefined;
  try {
    if (RequestType === 'Delete') refusal = await undoAll(request, parts);
    if (RequestType === 'Update') refusal = await refusedUpdate(request, parts.world);
  } catch (error) {
    refusal = `${codeOf(error)}: ${messageOf(error)}`;
  }
  await parts.put(
    ResponseURL,
    JSON.stringify({
      Status: refusal === undefined ? 'SUCCESS' : 'FAILED',
      ...(refusal !== undefined && { Reason: oneLine(refusal, maxReason) }),
      // Another id would make CloudFormation delete what had the last one.
      PhysicalResourceId: 'chaos-janitor',
      ...{ StackId, RequestId, LogicalResourceId },
    }),
  );
}

/** A response has at most 4,096 bytes. */
const maxReason = 1_500;
const pauseMs = 15_000;
/** What fails so often in a row will not end while CloudFormation waits. */
const roundsAtLeast = 3;

async function undoAll(
  { StackId }: LifecycleRequest,
  { world, until, round }: LifecycleParts,
): Promise<string | undefined> {
  const { ledger, clock } = world;
  // Nothing more is injected, and the other rounds undo everything too.
  if ((await ledger.stop()) === undefined) {
    const at = new Date(clock.now()).toISOString();
    await ledger.setStop({ reason: 'the stack, or its janitor, is being deleted', by: StackId, at });
  }
  for (let rounds = 1; ; rounds += 1) {
    const { open, strikes } = await round({ all: true });
    if (open === 0) return undefined;
    const stuck = strikes.filter(({ outcome }) => outcome === 'failing' || outcome === 'contested');
    const isHopeless = stuck.length >= open && rounds >= roundsAtLeast;
    if (isHopeless || clock.now() + pauseMs >= until) {
      const names = stuck.map(
        ({ id, target, fault, text }) => `${id} (${fault.name} on ${target.id}: ${text})`,
      );
      const which = names.length === 0 ? '' : ` Of these: ${listFirst(names)}.`;
      return `${open} faults are still open. See ./chaos strikes --active, then delete the stack again.${which}`;
    }
    await clock.sleep(pauseMs);
  }
}

async function refusedUpdate(
  { ResourceProperties: { Faults, Accounts } }: LifecycleRequest,
  { ledger }: JanitorWorld,
): Promise<string | undefined> {
  const { found } = await ledger.openUndos();
  const disabled = found.filter(({ fault }) => !Faults.includes(fault.name));
  const left = found.filter(({ target }) => !Accounts.includes(target.account));
  const listed = (entries: readonly UndoEntry[]) => listFirst(entries.map(({ id }) => id));
  const reasons = [
    ...(disabled.length > 0
      ? [`${disabled[0]?.fault.name} is to be disabled, and is active in ${listed(disabled)}`]
      : []),
    ...(left.length > 0
      ? [`account ${left[0]?.target.account} is to be left, with active faults in it: ${listed(left)}`]
      : []),
  ];
  if (reasons.length === 0) return undefined;
  return `${reasons.join('; ')}. Undo them first: ./chaos undo --all`;
}
