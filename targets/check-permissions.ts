import { type ContextEntry, IAMClient, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import pMap from 'p-map';
import type { Config, TargetAccount } from '#core/config/config.ts';
import { partitionOf, roleArn } from '#core/model/aws-names.ts';
import type { FaultRegistry } from '#core/model/fault.ts';
import type { RunContext } from '#core/model/run-context.ts';
import type { PolicyStatement } from '#core/permissions/policy-document.ts';
import { simulateAction } from '#core/permissions/read-policy.ts';
import { scheduleScope, undoRoleArn } from '#core/permissions/schedule-statements.ts';
import { strikePolicy, undoPolicy } from '#core/permissions/session-policies.ts';
import type { IntendedStrike } from '#core/ports/fleet.ts';
import type { PermissionCheck } from '#core/reports/run-report.ts';
import { codeOf } from '#core/util/error-text.ts';
import type { Readers } from './read-clients.ts';

const accountsAtOnce = 8;

interface Parts {
  readonly looking: Readers;
  readonly config: Config;
  readonly faults: FaultRegistry;
}

/**
 * What the two roles of each account lack for these strikes: the one that injects, and may have to undo at once, and the one that
 * undoes. IAM alone knows: where it may not be asked, all of it is unknown. One strike of each fault and region stands for the others, as
 * the roles tell targets apart by nothing but the opt-in tag. Never rejects.
 */
export async function checkPermissions(
  strikes: readonly IntendedStrike[],
  run: RunContext,
  parts: Parts,
): Promise<readonly PermissionCheck[]> {
  const { config } = parts;
  const checks = await pMap(
    Map.groupBy(strikes, ({ target }) => target.account),
    async ([id, ofAccount]) => {
      const account = config.accounts.find((one) => one.id === id);
      return account === undefined ? [] : checkAccount(account, ofAccount, run, parts);
    },
    { concurrency: accountsAtOnce },
  );
  return together(checks.flat());
}

async function checkAccount(
  account: TargetAccount,
  strikes: readonly IntendedStrike[],
  run: RunContext,
  parts: Parts,
): Promise<readonly PermissionCheck[]> {
  const { config, faults } = parts;
  const scope = scheduleScope(config, account.id);
  const typical = [
    ...new Map(strikes.map((one) => [`${one.fault.name} ${one.target.region}`, one])).values(),
  ];
  const strikeRole = roleArn(partitionOf(config.master.region), account.id, account.roleName);
  const [inject, undo] = await Promise.all([
    checkRole(
      account,
      strikeRole,
      typical,
      (one) => strikePolicy([one], faults, scope).Statement,
      run,
      parts,
    ),
    checkRole(
      account,
      undoRoleArn(config, account.id),
      typical.filter(({ fault }) => faults.get(fault.name)?.lasts === true),
      (one) => undoPolicy([one], faults, scope).Statement,
      run,
      parts,
    ),
  ]);
  return [
    { task: 'inject', role: account.roleName, accounts: [account.id], ...inject },
    { task: 'undo', role: config.undoRoleName, accounts: [account.id], ...undo },
  ];
}

async function checkRole(
  account: TargetAccount,
  role: string,
  strikes: readonly IntendedStrike[],
  statementsOf: (strike: IntendedStrike) => readonly PolicyStatement[],
  run: RunContext,
  { looking, config, faults }: Parts,
): Promise<Pick<PermissionCheck, 'missing' | 'unknown' | 'why'>> {
  const missing = new Set<string>();
  const left = strikes.flatMap((strike) =>
    statementsOf(strike).map((statement) => ({ strike, ...statement })),
  );
  try {
    const look = await looking.at(
      { account: account.id, region: account.regions[0] ?? '' },
      run,
      run.deadline,
    );
    for (let next = left[0]; next !== undefined; next = left[0]) {
      const command = new SimulatePrincipalPolicyCommand({
        PolicySourceArn: role,
        ActionNames: [...next.Action],
        ResourceArns: next.Resource.map(plainArn),
        ContextEntries: contextOf(next.strike, config, faults),
        MaxItems: 1_000,
      });
      const { EvaluationResults = [] } = await look(IAMClient).send(command);
      for (const { EvalActionName = '', EvalDecision } of EvaluationResults) {
        if (EvalDecision !== 'allowed') missing.add(EvalActionName);
      }
      left.shift();
    }
    return { missing: [...missing].sort(), unknown: [] };
  } catch (error) {
    const actions = [...new Set(left.flatMap(({ Action }) => Action))].sort();
    const code = codeOf(error);
    // Without the role there is nothing that it may.
    if (code === 'NoSuchEntityException')
      return { missing: actions, unknown: [], why: 'there is no such role' };
    const why = code.startsWith('AccessDenied')
      ? `nobody may ask IAM: ${simulateAction} is not granted`
      : code;
    return { missing: [...missing].sort(), unknown: actions, why };
  }
}

/** As of a call on a target that has opted in, with all that the fault's permissions ask for. */
function contextOf(
  { target, fault }: IntendedStrike,
  { tags: { optIn } }: Config,
  faults: FaultRegistry,
): ContextEntry[] {
  const { account, region } = target;
  const place = { partition: partitionOf(region), account };
  const asked = (faults.get(fault.name)?.permissions ?? []).flatMap(({ condition = {} }) =>
    Object.entries(typeof condition === 'function' ? condition(place) : condition)
      .filter(([operator]) => operator !== 'Null')
      .flatMap(([, keys]) => Object.entries(keys)),
  );
  const values = new Map<string, string | readonly string[]>([
    [`aws:ResourceTag/${optIn.key}`, optIn.value],
    ['aws:RequestedRegion', region],
    ['iam:PassedToService', 'scheduler.amazonaws.com'],
    ...asked,
  ]);
  return [...values].map(([ContextKeyName, value]) => ({
    ContextKeyName,
    ContextKeyValues: [value].flat(),
    ContextKeyType: typeof value === 'string' ? 'string' : 'stringList',
  }));
}

/** Session policies escape what names may hold, and name all schedules of a group. */
function plainArn(resource: string): string {
  if (resource === '*') return resource;
  return resource.replaceAll(/\$\{([*?$])\}/g, '$1').replace(/\/\*$/, '/any');
}

/** Accounts with the same outcome are one entry. What is all granted is not listed. */
function together(checks: readonly PermissionCheck[]): readonly PermissionCheck[] {
  const worth = checks.filter(({ missing, unknown }) => missing.length > 0 || unknown.length > 0);
  const same = Map.groupBy(worth, ({ accounts: _, ...rest }) => JSON.stringify(rest));
  return [...same.values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : [{ ...first, accounts: [first, ...others].flatMap(({ accounts }) => accounts).sort() }],
  );
}
