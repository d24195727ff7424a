import type { Transport, TransportCall } from '#aws/clients/transport.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { Authorizer } from './authorizer.ts';
import type { Network, SandboxCall } from './call.ts';
import type { CommonErrors } from './common-errors.ts';
import { type Identity, roleIdentity, Sessions } from './identity.ts';
import { NotImplemented } from './not-implemented.ts';
import { services } from './registry.ts';
import type { Schedule } from './scheduler/schedule.ts';
import { readTarget } from './scheduler/universal-target.ts';
import type { Access, Implementation, Scope } from './service.ts';
import { Account } from './state/account.ts';
import { Agenda } from './state/agenda.ts';
import { Ids } from './state/ids.ts';
import { defaultTimings, type SandboxContext, type Timings } from './state/sandbox-context.ts';

export interface SandboxOptions {
  readonly clock: Clock;
  /** The identity of the process itself: the function's role in the master account. */
  readonly caller: {
    readonly account: string;
    readonly roleName: string;
    readonly sessionName?: string;
    /** The role's policy document, for the authorizer. */
    readonly policy?: object;
  };
  readonly timings?: Partial<Timings>;
  /** Left out: only trust, accounts and regions are enforced. */
  readonly authorize?: Authorizer;
  /** Called with every call whose credentials are valid, retries included, before it has any effect. */
  readonly onCall?: (call: SandboxCall) => void;
  /** Left out: calls take no time, and none is disrupted. */
  readonly network?: Network;
}

/** A call of somebody who is known. */
interface Call extends Implementation {
  readonly input: object;
  readonly identity: Identity;
  readonly region: string;
  /** When it takes place, epoch ms, for one that takes place by itself and is looked at later. Left out: now, and it takes its time. */
  readonly at?: number;
  readonly dated?: TransportCall['dated'];
}

/** By client and command. */
const implementations: ReadonlyMap<string, Implementation> = new Map(
  services.flatMap((service) =>
    service.operations.map((operation) => [
      `${serviceOf(service.client)} ${operation.action.replace(/^.+:/, '')}Command`,
      { service, operation },
    ]),
  ),
);

/** AWS in memory: accounts and regions, filled by a scenario. It answers SDK clients through `transport`. */
export class Sandbox {
  /** For `makeClients`. */
  readonly transport: Transport = (call) => this.#answer(call);
  readonly #context: SandboxContext;
  readonly #network: Network | undefined;
  readonly #authorize: Authorizer | undefined;
  readonly #onCall: ((call: SandboxCall) => void) | undefined;
  readonly #accounts = new Map<string, Account>();
  readonly #sessions: Sessions;
  readonly #caller: Identity;
  #settling: Promise<void> | undefined;

  constructor({ clock, caller, timings, authorize, onCall, network }: SandboxOptions) {
    this.#context = {
      clock,
      ids: new Ids(),
      timings: { ...defaultTimings, ...timings },
      agenda: new Agenda(),
      buckets: new Map(),
    };
    this.#authorize = authorize;
    this.#onCall = onCall;
    this.#sessions = new Sessions(this.#context.ids);
    this.#network = network;
    const { account, roleName: name, sessionName = name, policy } = caller;
    this.#caller = roleIdentity(
      { account, name, arn: `arn:aws:iam::${account}:role/${name}`, policy },
      sessionName,
      { sessionPolicy: undefined, sourceIdentity: undefined, expiresAt: undefined },
    );
    this.account(account);
  }

  /** The ARN of the process's own role, which target roles must trust. */
  get callerRole(): string {
    return this.#caller.principal;
  }

  /** An account, which is created when it is first asked for. */
  account(id: string): Account {
    const known = this.#accounts.get(id);
    if (known !== undefined) return known;
    const account = new Account(id, this.#context);
    this.#accounts.set(id, account);
    return account;
  }

  /**
   * Calls the targets of all schedules whose moment has come, each as if it were that moment. Every call does so first; who looks at
   * the state itself asks for it.
   */
  async settle(): Promise<void> {
    while (this.#settling !== undefined || this.#isDue()) {
      this.#settling ??= this.#callTargets().finally(() => {
        this.#settling = undefined;
      });
      await this.#settling;
    }
  }

  #isDue(): boolean {
    return this.#context.agenda.dueBy(this.#context.clock.now()) !== undefined;
  }

  async #callTargets(): Promise<void> {
    const { agenda, clock } = this.#context;
    for (let due = agenda.dueBy(clock.now()); due !== undefined; due = agenda.dueBy(clock.now())) {
      await this.#callTarget(due, due.dueAt ?? clock.now());
    }
  }

  async #callTarget(schedule: Schedule, at: number): Promise<void> {
    const { schedules } = this.account(schedule.account).region(schedule.region);
    const { target, name } = schedule.seed;
    let failure: Error | undefined;
    try {
      const role = this.account(schedule.account).roles.get(target.roleArn);
      if (role === undefined) throw new Error(`there is no role ${target.roleArn} any more`);
      const session = { sessionPolicy: undefined, sourceIdentity: undefined, expiresAt: undefined };
      const identity = roleIdentity(role, name, session);
      const call = readTarget(target, { implementationOf: find });
      await this.#perform({ ...call, identity, region: schedule.region, at });
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      failure = error;
    }
    schedules.deliver(schedule, at, failure);
    if (failure instanceof NotImplemented) throw failure;
  }

  async #answer(call: TransportCall): Promise<object> {
    if (this.#settling !== undefined || this.#isDue()) await this.settle();
    const found = find(call);
    const identity = this.#identify(call, found.service.errors);
    return this.#perform({ ...call, ...found, identity });
  }

  async #perform(call: Call): Promise<object> {
    const { clock } = this.#context;
    const { service, operation, identity } = call;
    const regionName = service.region ?? call.region;
    const scope: Scope = {
      now: call.at ?? clock.now(),
      identity,
      region: this.account(identity.account).region(regionName),
      sessions: this.#sessions,
      authorize: this.#authorize,
      account: (id) => this.#accounts.get(id),
      implementationOf: find,
    };
    // The one place where the type of an input is not checked: it came with the SDK's command of that name, or is JSON.
    const input = call.input as never;
    const required = operation.requires?.(input, scope) ?? [{ action: operation.action, resource: '*' }];
    const seen: SandboxCall = {
      account: identity.account,
      region: regionName,
      action: operation.action,
      resources: required.map(({ resource }) => resource),
      caller: identity.arn,
      sessionPolicy: identity.sessionPolicy,
      input: call.input,
    };
    this.#onCall?.(seen);
    const durationMs = call.at === undefined ? (this.#network?.durationOf(seen) ?? 0) : 0;
    if (durationMs > 0) await clock.sleep(durationMs);

    const effect = this.#network?.effectOn(seen);
    if (effect?.kind === 'throttled') throw service.errors.throttled();
    if (effect?.kind === 'fails') throw effect.error();
    const denied = effect?.kind === 'denied' ? required[0] : await this.#denied(required, scope);
    if (denied !== undefined) {
      throw service.errors.denied(
        `User: ${identity.arn} is not authorized to perform: ${denied.action} on resource: ${denied.resource}`,
      );
    }
    if (call.at === undefined && this.#isDue()) await this.settle();
    const running = operation.run(input, { ...scope, now: call.at ?? clock.now() });
    const output = running instanceof Promise ? await running : running;
    call.dated?.(clock.now());
    if (effect?.kind === 'answer-lost') throw connectionLost();
    return output;
  }

  #identify({ credentials }: TransportCall, errors: CommonErrors): Identity {
    const identity = credentials === undefined ? this.#caller : this.#sessions.find(credentials);
    if (identity === undefined) throw errors.unknown();
    if (identity.expiresAt !== undefined && this.#context.clock.now() >= identity.expiresAt) {
      throw errors.expired();
    }
    return identity;
  }

  /** The first that is not allowed. */
  async #denied(required: readonly Access[], { identity, region, now }: Scope): Promise<Access | undefined> {
    if (this.#authorize === undefined) return undefined;
    for (const access of required) {
      const request = { ...access, identity, account: region.account, region: region.name, at: now };
      if (!(await this.#authorize(request))) return access;
    }
    return undefined;
  }
}

/** `lambda` for `LambdaClient`, as the ARN of a schedule's universal target has it. */
function serviceOf(client: string): string {
  return client.replace(/Client$/, '').toLowerCase();
}

function find({
  client,
  command,
  input,
}: Pick<TransportCall, 'client' | 'command' | 'input'>): Implementation {
  const name = command.replace(/Command$/, '');
  const found = implementations.get(`${serviceOf(client)} ${command}`);
  if (found === undefined) throw new NotImplemented(`${name} (${client})`);
  const inputs: readonly PropertyKey[] = found.operation.inputs;
  for (const [member, value] of Object.entries(input)) {
    if (value !== undefined && !inputs.includes(member)) {
      throw new NotImplemented(`${name}.${member} (${client})`);
    }
  }
  return found;
}

/** As Node's HTTP client reports it; the SDK considers it transient and retries. */
function connectionLost(): Error {
  return Object.assign(new Error('socket hang up'), { name: 'TimeoutError', code: 'ECONNRESET' });
}
