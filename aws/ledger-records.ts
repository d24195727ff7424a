import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { fitForRecord } from '#core/fit-report.ts';
import { InvalidInput, parse } from '#core/parse.ts';
import type { Claim, Control, Stop, StrikeRecord } from '#core/ports.ts';
import type { RunReport } from '#core/report.ts';
import { parseReport } from '#core/report-schema.ts';

/**
 * The items of the ledger's one table, and how they are read back. All keys are strings.
 *
 *     pk           sk           what
 *     control      control      the secret, the stop; never expires
 *     slot#SLOT    GROUP KEY    a claim, and the outcome of its strike
 *     runs         RUN ID       a run's report, as JSON that the console can show
 *
 * Attributes are written out in DynamoDB's own notation: the SDK's document client would add 21 KB to the bundle.
 */
export type Item = Record<string, AttributeValue>;

/** Claims and reports vanish after that; their slots are long past. */
const keptSeconds = 400 * 24 * 60 * 60;

export const controlKey: Item = { pk: { S: 'control' }, sk: { S: 'control' } };
export const runsKey: AttributeValue = { S: 'runs' };

export function claimKey({ slot, group }: Pick<Claim, 'slot' | 'group'>): Item {
  return { pk: { S: `slot#${slot}` }, sk: { S: group } };
}

/** `token` tells this claim from every other, even one of the same run. */
export function claimItem(claim: Claim, token: string, now: number): Item {
  return {
    ...claimKey(claim),
    slot: { S: claim.slot },
    group: { S: claim.group },
    runId: { S: claim.runId },
    instanceId: { S: claim.instanceId },
    fault: { S: claim.fault },
    at: { S: claim.at },
    token: { S: token },
    expiresAt: expiry(now),
  };
}

export function runItem(report: RunReport, now: number): Item {
  return {
    pk: runsKey,
    sk: { S: report.runId },
    report: { S: JSON.stringify(fitForRecord(report)) },
    expiresAt: expiry(now),
  };
}

export function stopAttribute({ reason, by, at }: Stop): AttributeValue {
  return { M: { reason: { S: reason }, by: { S: by }, at: { S: at } } };
}

/** The claim that a refused claim met, and whether it is the very one that was being made. */
export function standingClaim(
  item: Item | undefined,
  token: string,
): { readonly standing: Claim | StrikeRecord; readonly isOurs: boolean } {
  const { token: theirs, outcome, detail, ...claim } = parse(ClaimItem, item, 'claim in the ledger');
  const standing = outcome === undefined || detail === undefined ? claim : { ...claim, outcome, detail };
  return { standing, isOurs: theirs === token };
}

/** The secret is checked by itself, as the usual complaint would show what was found. */
export function controlFrom(item: Item | undefined): Control {
  const { secret, ...rest } = item ?? {};
  const { stop } = parse(StopItem, rest, 'control item in the ledger');
  const parsed = Secret.safeParse(secret);
  if (!parsed.success) {
    throw new InvalidInput('control item in the ledger', [
      { path: 'secret', expected: 'expected 64 hex digits', found: 'something else, not shown here' },
    ]);
  }
  return { secret: parsed.data, stop };
}

export function stopFrom(item: Item | undefined): Stop | undefined {
  return parse(StopItem, item ?? {}, 'control item in the ledger').stop;
}

export function reportFrom(item: Item): RunReport {
  const { report } = parse(RunItem, item, 'run in the ledger');
  return parseReport(report, 'report in the ledger');
}

function expiry(now: number): AttributeValue {
  return { N: String(Math.floor(now / 1000) + keptSeconds) };
}

const Text = z.strictObject({ S: z.string() }).transform(({ S }) => S);
const Numeral = z.strictObject({ N: z.string() });
const Secret = Text.pipe(z.string().regex(/^[0-9a-f]{64}$/));

const StopItem = z.strictObject({
  pk: Text.optional(),
  sk: Text.optional(),
  stop: z
    .strictObject({ M: z.strictObject({ reason: Text, by: Text, at: Text }) })
    .transform(({ M }) => M)
    .optional(),
});

const ClaimItem = z
  .strictObject({
    pk: Text,
    sk: Text,
    slot: Text,
    group: Text,
    runId: Text,
    instanceId: Text,
    fault: Text,
    at: Text,
    token: Text,
    expiresAt: Numeral,
    outcome: Text.pipe(z.enum(['succeeded', 'failed'])).optional(),
    detail: Text.optional(),
  })
  .transform(({ pk: _pk, sk: _sk, expiresAt: _expiresAt, ...claim }) => claim);

const Json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'expected JSON' });
    return z.NEVER;
  }
});

const RunItem = z.strictObject({ report: Text.pipe(Json) });
