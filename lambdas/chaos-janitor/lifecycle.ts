import * as z from 'zod';
import type { UndoEntry } from '#core/model/undo-entry.ts';
import type { UndoReport } from '#core/reports/undo-report.ts';
import type { JanitorWorld } from '#core/undo/janitor-round.ts';
import type { UndoOrder } from '#core/undo/plan-undo.ts';
import { codeOf, messageOf } from '#core/util/error-text.ts';
import { counted, oneLine } from '#core/util/format.ts';
import { listFirst } from '#core/util/list-first.ts';

const Names = z.array(z.string()).default([]);

/** What the configuration enables, as the stack passes it. */
const Enabled = z.looseObject({
  /** The enabled faults that last, with their versions: `lambda-concurrency@1`. */
  Faults: Names,
  /** The target accounts, by their regions. */
  Places: z
    .array(z.looseObject({ Accounts: Names, Regions: Names, ExternalId: z.string().default('') }))
    .default([]),
  /** The role that undoes, by its name in each account. */
  UndoRole: z.string().default(''),
  /** The key of the tag that this role asks for. */
  OptInKey: z.string().default(''),
});
type Enabled = z.infer<typeof Enabled>;

/** What CloudFormation asks of a custom resource. Source: CloudFormation User Guide, "Custom resource request objects". */
export const LifecycleRequest = z.looseObject({
  RequestType: z.enum(['Create', 'Update', 'Delete']),
  ResponseURL: z.string(),
  StackId: z.string(),
  RequestId: z.string(),
  LogicalResourceId: z.string(),
  ResourceProperties: Enabled,
  /** What was enabled before an update. */
  OldResourceProperties: Enabled.optional(),
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
 * Keeps the stack from changing in a way that would leave something broken: undoes everything before it is deleted, and refuses to take
 * away a fault, an account, a region, or what it takes to undo there, while something active needs it. CloudFormation always gets an answer.
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

const ifByHand = 'what was undone by hand, as we cannot: ./chaos undo STRIKE --accept';

async function undoAll(
  { StackId }: LifecycleRequest,
  { world, until, round }: LifecycleParts,
): Promise<string | undefined> {
  const { ledger, clock } = world;
  // Nothing more is injected, and the other rounds undo everything too.
  if ((await ledger.stop()) === undefined) {
    const at = new Date(clock.now()).toISOString();
    // The rollback of the update that added the janitor deletes it too, and leaves the monkey stopped.
    const reason = 'the stack, or its janitor, is being deleted; if the stack stays: ./chaos resume';
    await ledger.setStop({ reason, by: StackId, at });
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
      return `Still open: ${counted(open, 'fault')}. See ./chaos strikes --active; ${ifByHand}. Then delete the stack again.${which}`;
    }
    await clock.sleep(pauseMs);
  }
}

/** The rollback of an update that was refused enables all that was enabled before, and so is never refused. */
async function refusedUpdate(
  { ResourceProperties: after, OldResourceProperties: before }: LifecycleRequest,
  { ledger }: JanitorWorld,
): Promise<string | undefined> {
  const { found, unreadable } = await ledger.openUndos();
  const reasons = losses.flatMap(({ needs, has, words }) => {
    const lost = found.filter((entry) => !has(after, entry) && (before === undefined || has(before, entry)));
    const [first] = lost;
    return first === undefined ? [] : [`${needs(first)} ${words}: ${listFirst(lost.map(({ id }) => id))}`];
  });
  if (reasons.length > 0) return `${reasons.join('; ')}. Undo first: ./chaos undo --all; ${ifByHand}`;
  if (unreadable.length === 0 || before === undefined || !takesAway(before, after)) return undefined;
  return `what is active cannot be told: ${unreadable.length} undo items cannot be read. See ./chaos ledger check`;
}

/** What an open entry needs of the configuration. */
const losses: readonly {
  readonly words: string;
  needs(entry: UndoEntry): string;
  has(enabled: Enabled, entry: UndoEntry): boolean;
}[] = [
  {
    words: 'is to be disabled, and is active in',
    needs: ({ fault }) => fault.name,
    has: ({ Faults }, { fault }) => Faults.some((one) => one.startsWith(`${fault.name}@`)),
  },
  {
    words: 'is to be replaced by one that undoes differently, and is active in',
    needs: ({ fault, faultVersion }) => `${fault.name}@${faultVersion}`,
    // One that is disabled altogether has its own words; so have accounts and regions below.
    has: ({ Faults }, { fault: { name }, faultVersion }) =>
      Faults.includes(`${name}@${faultVersion}`) || !Faults.some((one) => one.startsWith(`${name}@`)),
  },
  {
    words: 'is to be left, with active faults in it',
    needs: ({ target }) => `account ${target.account}`,
    has: (enabled, { target }) => placeOf(enabled, target.account) !== undefined,
  },
  {
    words: 'is to be left, with active faults in it',
    needs: ({ target }) => `${target.region} in account ${target.account}`,
    has: (enabled, { target }) => placeOf(enabled, target.account)?.Regions.includes(target.region) ?? true,
  },
  {
    words: 'is to be replaced, and is needed by',
    needs: ({ target }) => `the external id of account ${target.account}`,
    has: (enabled, { target, role }) =>
      (placeOf(enabled, target.account)?.ExternalId ?? role.externalId) === role.externalId,
  },
  {
    words: 'is to be replaced, and is needed by',
    needs: ({ role }) => `the role ${role.arn}`,
    has: ({ UndoRole }, { role }) => role.arn.endsWith(`/${UndoRole}`),
  },
  {
    words: 'is to be replaced, and is needed by',
    needs: ({ role }) => `the opt-in tag's key ${role.optInKey}`,
    has: ({ OptInKey }, { role }) => role.optInKey === OptInKey,
  },
];

function placeOf({ Places }: Enabled, account: string): Enabled['Places'][number] | undefined {
  return Places.find(({ Accounts }) => Accounts.includes(account));
}

function takesAway(before: Enabled, after: Enabled): boolean {
  const all = ({ Faults, Places, UndoRole, OptInKey }: Enabled) => [
    ...Faults,
    ...Places.flatMap(({ Accounts, Regions, ExternalId }) =>
      Accounts.flatMap((id) => [id, ...[ExternalId, ...Regions].map((one) => `${id}/${one}`)]),
    ),
    ...[UndoRole, `tag ${OptInKey}`],
  ];
  const kept = new Set(all(after));
  return all(before).some((one) => !kept.has(one));
}
