import { makeClients } from '#aws/clients/clients.ts';
import type { Transport } from '#aws/clients/transport.ts';
import { assumedSessions } from '#aws/sessions.ts';
import { awsStriker } from '#aws/striker.ts';
import { awsUndoer } from '#aws/undoer.ts';
import { enabledFaults } from '#core/config/enabled-faults.ts';
import { inMemoryLedger } from '#core/ledger/in-memory-ledger.ts';
import type { LastingFault } from '#core/model/fault.ts';
import type { Tags } from '#core/model/group.ts';
import type { Prepared } from '#core/model/lasting.ts';
import type { RunContext } from '#core/model/run-context.ts';
import type { Claim, StrikeOutcome } from '#core/model/strike.ts';
import type { Target } from '#core/model/target.ts';
import type { UndoEntry } from '#core/model/undo-entry.ts';
import { undoScheduleGroup } from '#core/model/undo-schedules.ts';
import { rolePolicy, undoRolePolicy } from '#core/permissions/role-policies.ts';
import { scheduleScope, undoRoleArn } from '#core/permissions/schedule-statements.ts';
import type { Clock } from '#core/ports/clock.ts';
import { findKind } from '#core/ports/kind.ts';
import { injectFault } from '#core/undo/inject-fault.ts';
import type { UndoOrder } from '#core/undo/plan-undo.ts';
import { reserveUndo } from '#core/undo/reserve-undo.ts';
import { type UndoRound, undoDue } from '#core/undo/undo-due.ts';
import { faults } from '#faults/registry.ts';
import type { SandboxCall } from '#sandbox/call.ts';
import { VirtualClock } from '#sandbox/clock.ts';
import type { Region } from '#sandbox/state/region.ts';
import type { RoleSeed } from '#sandbox/sts/role.ts';
import { trustPolicy } from '#target-role/trust-policy.ts';
import { awsFleet } from '#targets/fleet.ts';
import { kindReaders } from '#targets/reader-registry.ts';
import { kinds } from '#wiring/kinds.ts';
import { aClaim } from '../../support/a-claim.ts';
import { aConfig } from '../../support/a-config.ts';
import { aWorld, type FakeWorld } from '../../support/a-world.ts';
import { DisruptableSandbox } from '../../support/disruptions.ts';
import { iamAuthorizer } from '../../support/iam-authorizer.ts';
import { oneCallerTrust } from '../../support/one-caller-trust.ts';
import { lacking } from '../../support/policy-statements.ts';

export const account = '222222222222';
export const regionName = 'eu-west-1';
export const optIn: Tags = { 'chaos:opt-in': 'true' };
const startsAt = Date.parse('2026-11-23T09:00:00Z');
export const minuteMs = 60_000;

export interface StrikeWorldOptions {
  /** Left out of what the roles of the target account grant. */
  readonly without?: string;
  /** The enabled faults. Left out: this one alone. */
  readonly faults?: readonly string[];
  readonly regions?: readonly string[];
  /** Statements that an owner has added to the policy of the role of strikes. */
  readonly also?: readonly object[];
  /** Left out: there is one. */
  readonly hasUndoRole?: boolean;
}

/**
 * A target account on the sandbox, in which every call must pass the policies that are made of one enabled fault, and what it takes to
 * strike with that and to undo it.
 */
export function aStrikeWorld(
  fault: LastingFault,
  {
    without,
    faults: enabled = [fault.name],
    regions = [regionName],
    also = [],
    hasUndoRole = true,
  }: StrikeWorldOptions = {},
) {
  const config = aConfig({ faults: [...enabled], iamRoles: ['checkout'], regions: [...regions] });
  const clock = new VirtualClock({ startsAt, jumps: true });
  const calls: SandboxCall[] = [];
  const sandbox = new DisruptableSandbox({
    clock,
    caller: {
      account: config.master.account,
      roleName: 'chaos-monkey-master',
      policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:*', Resource: '*' }] },
    },
    authorize: iamAuthorizer(),
    onCall: (call) => calls.push(call),
  });
  const [targetAccount] = config.accounts;
  if (targetAccount === undefined) throw new Error('there is no target account');
  const { roleName, externalId } = targetAccount;
  const scope = {
    ...scheduleScope(config, account),
    regions: config.regions,
    optIn: config.tags.optIn,
    kinds,
    faults: enabledFaults(config, faults),
  };
  const inAccount = sandbox.account(account);
  const trusted = {
    partition: 'aws',
    masterAccount: config.master.account,
    externalId,
    organization: undefined,
  };
  const roles = {
    target: rolePolicy(scope),
    undo: undoRolePolicy(scope),
  };
  const actions = without === undefined ? [] : [without];
  inAccount.role({
    name: roleName,
    policy: withMore(lacking(roles.target, actions), also),
    trust: { principal: sandbox.callerRole, externalId, policy: trustPolicy(trusted) },
  });
  const undoRole: RoleSeed = {
    name: config.undoRoleName,
    policy: lacking(roles.undo, actions),
    trust: {
      principal: [sandbox.callerRole, 'scheduler.amazonaws.com'],
      externalId,
      policy: oneCallerTrust({ ...trusted, account }),
    },
  };
  if (hasUndoRole) inAccount.role(undoRole);
  const region: Region = inAccount.region(regionName);
  region.schedules.addGroup(undoScheduleGroup);

  const ledger = inMemoryLedger({ newSecret: () => 'ab'.repeat(32) });
  /** All that is made anew where a process dies and another one begins. */
  const begin = () => {
    const life: Life = { calls: 0, death: undefined, isOver: false, over: () => {} };
    const ended = new Promise<'died'>((resolve) => {
      life.over = () => resolve('died');
    });
    const transport = mortal(sandbox.transport, life);
    const clients = makeClients({ clock, concurrency: 16, transport, random: () => 0.5 });
    const sessions = assumedSessions(clients, config.master.region);
    return {
      life,
      ended,
      fleet: awsFleet({ readers: kindReaders, clients, sessions, config, faults, clock, concurrency: 16 }),
      striker: awsStriker({ clients, sessions, config, faults, kinds, clock }),
      undoer: awsUndoer({ clients, sessions, faults, clock }),
    };
  };
  let process = begin();
  const run = (name: string): RunContext => {
    const deadline = clock.now() + 50_000;
    return { runId: name, deadline, surveyBy: deadline };
  };
  let rounds = 0;

  const world = {
    config,
    clock,
    sandbox,
    inAccount,
    region,
    ledger,
    calls,
    /** The policies of the roles in the target account. */
    roles,

    /** The target in a group of this name, as a run finds it. */
    async find(name: string): Promise<Target> {
      const at = run('find');
      const { value, failures } = await process.fleet.survey(config.accounts, at, (group) => group);
      const group = value.seen.find((one) => one.name === name);
      if (group === undefined) throw new Error(`no group ${name} was seen: ${JSON.stringify(failures)}`);
      const inspection = (await process.fleet.inspect([group], at)).value.get(group.key);
      const target = findKind(kinds, group).candidates(group, inspection)[0]?.target;
      if (target === undefined) throw new Error(`no target was found in ${name}`);
      return target;
    },
    prepare: (target: Target, parameters: unknown) =>
      process.fleet.prepare({ target, fault: { name: fault.name, parameters } }, run('prepare')),

    /** Claims and begins: what is on record when the injection begins. */
    async reserve(target: Target, parameters: unknown, runId = 'run-1'): Promise<UndoEntry> {
      const prepared = await world.prepare(target, parameters);
      if (!('saved' in prepared)) throw new Error(`unfit: ${prepared.unfit}`);
      return world.reserveAs(target, parameters, prepared, runId);
    },
    async reserveAs(
      target: Target,
      parameters: unknown,
      prepared: Prepared<unknown>,
      runId: string,
    ): Promise<UndoEntry> {
      const now = clock.now();
      const claim: Claim = aClaim({
        ...{ target, group: target.group, runId, slot: `adhoc/${runId}` },
        fault: { name: fault.name, parameters },
        at: new Date(now).toISOString(),
        abandonedAfter: now + 2 * minuteMs,
        version: (await ledger.groupRecords([target.group])).found.get(target.group)?.version ?? 0,
      });
      const undo = reserveUndo(claim, fault, prepared, {
        role: { arn: undoRoleArn(config, account), externalId, optInKey: config.tags.optIn.key },
        durationMs: 5 * minuteMs,
      });
      const claimed = await ledger.claim({ ...claim, undo: undo.id }, undo);
      if (claimed.status !== 'claimed') throw new Error(claimed.status);
      await ledger.begin(claim);
      return undo;
    },
    async inject(entry: UndoEntry): Promise<StrikeOutcome> {
      const order = { target: entry.target, fault: entry.fault, app: undefined, healthy: 1, version: 0 };
      const { value, failures } = await process.striker.open([order], run(entry.runId));
      const session = value[0];
      if (session === undefined) throw new Error(JSON.stringify(failures));
      const outcome = await injectFault(
        entry,
        { faults, clock, ledger, reach: session.reach(order) },
        clock.now() + 20_000,
      );
      await ledger.settle(entry, outcome).catch(() => {});
      return outcome;
    },
    async strike(target: Target, parameters: unknown): Promise<StrikeOutcome> {
      return world.inject(await world.reserve(target, parameters));
    },
    /** One round of the janitor. */
    async janitor(order: UndoOrder = {}): Promise<UndoRound> {
      rounds += 1;
      return undoDue(order, run(`janitor-${rounds}`), {
        ...{ faults, clock, ledger, undoer: process.undoer, skew: { offsetMs: () => 0 } },
      });
    },
    /** Rounds of the janitor, a minute apart. */
    async janitors(minutes: number): Promise<readonly UndoRound[]> {
      const done: UndoRound[] = [];
      for (let minute = 0; minute < minutes; minute += 1) {
        await clock.advance(minuteMs);
        await sandbox.settle();
        done.push(await world.janitor());
      }
      return done;
    },
    /** Time passes, and nobody of ours is there. */
    async pass(ms: number): Promise<void> {
      await clock.advance(ms);
      await sandbox.settle();
    },
    /** The process dies at one of its calls, before AWS has seen it or after. Whatever it awaits never comes. */
    diesAt(call: number, how: 'before' | 'after'): void {
      process.life.death = { call, how };
    },
    /** Runs until it is done, or its process has died. A new process begins. */
    async untilDeath(work: () => Promise<unknown>): Promise<void> {
      await Promise.race([work().catch(() => {}), process.ended]);
      process = begin();
    },
    /** All that a whole run needs, with what nothing is said about made up. */
    forRuns(): FakeWorld {
      return { ...aWorld({ config, clock }), ledger, fleet: process.fleet, striker: process.striker };
    },
    openEntries: async () => (await ledger.openUndos()).found,
  };
  return world;
}

function withMore(
  { Version, Statement }: { Version: string; Statement: readonly object[] },
  also: readonly object[],
) {
  return { Version, Statement: [...Statement, ...also] };
}

interface Life {
  calls: number;
  death: { readonly call: number; readonly how: 'before' | 'after' } | undefined;
  isOver: boolean;
  over: () => void;
}

function mortal(transport: Transport, life: Life): Transport {
  return async (call) => {
    const never = new Promise<never>(() => {});
    if (life.isOver) return never;
    const isLast = life.calls === life.death?.call;
    life.calls += 1;
    if (!isLast) return transport(call);
    life.isOver = true;
    if (life.death?.how === 'after') await transport(call).catch(() => {});
    life.over();
    return never;
  };
}

/** What the cases need of it. */
export type StrikeWorld = Pick<ReturnType<typeof aStrikeWorld>, 'inAccount' | 'region' | 'find'> & {
  readonly clock: Pick<Clock, 'now'>;
};
