import type { Failure } from '../../model/failure.ts';
import type { RunContext } from '../../model/run-context.ts';
import type { Order } from '../../model/strike.ts';
import { undoRoleArn } from '../../permissions/schedule-statements.ts';
import type { PermissionCheck } from '../../reports/run-report.ts';
import { failureText } from './find-targets.ts';
import type { Finding, Findings, ValidationParts } from './validation.ts';

/**
 * Whether the strikes could be made and undone: opens the sessions that both would use, and does nothing with them, and asks IAM what
 * the roles are granted. What else may deny a call, as a service control policy, only the call itself shows.
 */
export async function checkAccess(
  orders: readonly Order[],
  run: RunContext,
  parts: ValidationParts,
): Promise<Findings & { readonly permissions: readonly PermissionCheck[] }> {
  const { world, isGuest } = parts;
  const [struck, undone, permissions] = await Promise.all([
    world.striker.open(orders, run),
    openUndo(orders, run, parts),
    world.fleet.permissions(orders, run),
  ]);
  const refused = (about: string, failures: readonly Failure[]): readonly Finding[] =>
    failures.map((one) => ({ about, text: failureText(one) }));
  const denied = permissions
    .filter(({ missing }) => missing.length > 0)
    .map((one) => ({
      about: one.task,
      text: `${roleOf(one)} lacks ${one.missing.join(', ')}${because(one)}`,
    }));
  const unknown = permissions
    .filter(({ unknown: actions }) => actions.length > 0)
    .map((one) => ({
      about: one.task,
      text: `whether ${roleOf(one)} is granted ${one.unknown.join(', ')}${because(one)}`,
    }));
  const strikes = refused('inject', struck.failures);
  return {
    permissions,
    problems: [...(isGuest ? [] : strikes), ...refused('undo', undone.failures), ...denied],
    unchecked: [...(isGuest ? strikes : []), ...undone.unchecked, ...unknown],
  };
}

async function openUndo(
  orders: readonly Order[],
  run: RunContext,
  { world: { config, faults }, undoer }: ValidationParts,
): Promise<{ readonly failures: readonly Failure[]; readonly unchecked: readonly Finding[] }> {
  const lasting = orders.flatMap(({ target, fault }, index) => {
    const account = config.accounts.find(({ id }) => id === target.account);
    if (account === undefined || faults.get(fault.name)?.lasts !== true) return [];
    const role = { arn: undoRoleArn(config, account.id), externalId: account.externalId };
    return [{ id: index.toString(16).padStart(16, '0'), target, fault, role }];
  });
  if (lasting.length === 0) return { failures: [], unchecked: [] };
  if (undoer === undefined) {
    const text = `whether ${config.undoRoleName} can be assumed: only the janitor's role may, and you may not assume that`;
    return { failures: [], unchecked: [{ about: 'undo', text }] };
  }
  return { failures: (await undoer.open(lasting, run)).failures, unchecked: [] };
}

function roleOf({ role, accounts }: PermissionCheck): string {
  return `${role} in ${accounts.join(', ')}`;
}

function because({ why }: PermissionCheck): string {
  return why === undefined ? '' : ` (${why})`;
}
