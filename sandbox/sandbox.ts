import type { Transport, TransportCall } from '#aws/clients/transport.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { Authoriser } from './authoriser.ts';
import { autoScaling } from './auto-scaling/service.ts';
import { cloudWatch } from './cloudwatch/service.ts';
import { dynamoDb } from './dynamodb/service.ts';
import { ec2 } from './ec2/service.ts';
import { fis } from './fis/service.ts';
import { type Identity, roleIdentity, Sessions } from './identity.ts';
import { NotSpoken } from './not-spoken.ts';
import type { Access, CommonErrors, Operation, Scope, Service } from './service.ts';
import { sns } from './sns/service.ts';
import { ssm } from './ssm/service.ts';
import { Account } from './state/account.ts';
import { Ids } from './state/ids.ts';
import { defaultTimings, type Surroundings, type Timings } from './state/surroundings.ts';
import { sts } from './sts/service.ts';
import { type SandboxCall, Trouble } from './trouble.ts';

export interface SandboxOptions {
  readonly clock: Clock;
  /** Whose credentials the process itself has: the function's role in the master account. */
  readonly caller: {
    readonly account: string;
    readonly roleName: string;
    readonly sessionName?: string;
    /** The role's policy document, for the authoriser. */
    readonly policy?: object;
  };
  readonly timings?: Partial<Timings>;
  /** Left out: only trust, accounts and regions are enforced. */
  readonly authorise?: Authoriser;
  /** Told of every call whose credentials are good, each retry included, before anything comes of it. */
  readonly onCall?: (call: SandboxCall) => void;
}

const services = new Map(
  [sts, ec2, autoScaling, sns, dynamoDb, ssm, cloudWatch, fis].map((service) => [service.client, service]),
);

/** AWS in memory: accounts and regions, filled by a scenario, answering SDK clients by way of `transport`. */
export class Sandbox {
  readonly trouble: Trouble;
  /** For `makeClients`. */
  readonly transport: Transport = (call) => this.#answer(call);
  readonly #surroundings: Surroundings;
  readonly #authorise: Authoriser | undefined;
  readonly #onCall: ((call: SandboxCall) => void) | undefined;
  readonly #accounts = new Map<string, Account>();
  readonly #sessions: Sessions;
  readonly #caller: Identity;

  constructor({ clock, caller, timings, authorise, onCall }: SandboxOptions) {
    this.#surroundings = { clock, ids: new Ids(), timings: { ...defaultTimings, ...timings } };
    this.#authorise = authorise;
    this.#onCall = onCall;
    this.#sessions = new Sessions(this.#surroundings.ids);
    this.trouble = new Trouble(clock);
    const { account, roleName: name, sessionName = name, policy } = caller;
    this.#caller = roleIdentity(
      { account, name, arn: `arn:aws:iam::${account}:role/${name}`, policy },
      sessionName,
      { sessionPolicy: undefined, sourceIdentity: undefined, expiresAt: undefined },
    );
    this.account(account);
  }

  /** ARN of the role that the process itself has: what target roles must trust. */
  get callerRole(): string {
    return this.#caller.principal;
  }

  /** An account, which is opened when it is first asked for. */
  account(id: string): Account {
    const known = this.#accounts.get(id);
    if (known !== undefined) return known;
    const account = new Account(id, this.#surroundings);
    this.#accounts.set(id, account);
    return account;
  }

  async #answer(call: TransportCall): Promise<object> {
    const { clock } = this.#surroundings;
    const { service, operation } = find(call);
    const identity = this.#identify(call, service.errors);
    const scope: Scope = {
      now: clock.now(),
      identity,
      region: this.account(identity.account).region(call.region),
      sessions: this.#sessions,
      account: (id) => this.#accounts.get(id),
    };
    // The one place where an input's type is taken on trust: the SDK's command of that name was sent with it.
    const input = call.input as never;
    const accesses = operation.accesses?.(input, scope) ?? [{ action: operation.action, resource: '*' }];
    const seen: SandboxCall = {
      account: identity.account,
      region: call.region,
      action: operation.action,
      resources: accesses.map(({ resource }) => resource),
      caller: identity.arn,
      sessionPolicy: identity.sessionPolicy,
      input: call.input,
    };
    this.#onCall?.(seen);
    const durationMs = this.trouble.durationOf(seen);
    if (durationMs > 0) await clock.sleep(durationMs);

    const effect = this.trouble.meets(seen);
    if (effect?.kind === 'throttled') throw service.errors.throttled();
    if (effect?.kind === 'fails') throw effect.error();
    const denied = effect?.kind === 'denied' ? accesses[0] : await this.#denied(accesses, scope);
    if (denied !== undefined) {
      throw service.errors.denied(
        `User: ${identity.arn} is not authorized to perform: ${denied.action} on resource: ${denied.resource}`,
      );
    }
    const output = operation.run(input, { ...scope, now: clock.now() });
    call.dated?.(clock.now());
    if (effect?.kind === 'answer-lost') throw connectionLost();
    return output;
  }

  #identify({ credentials }: TransportCall, errors: CommonErrors): Identity {
    const identity = credentials === undefined ? this.#caller : this.#sessions.find(credentials);
    if (identity === undefined) throw errors.unknown();
    if (identity.expiresAt !== undefined && this.#surroundings.clock.now() >= identity.expiresAt) {
      throw errors.expired();
    }
    return identity;
  }

  /** The first access that is not allowed. */
  async #denied(accesses: readonly Access[], { identity, region }: Scope): Promise<Access | undefined> {
    if (this.#authorise === undefined) return undefined;
    for (const access of accesses) {
      const request = { ...access, identity, account: region.account, region: region.name };
      if (!(await this.#authorise(request))) return access;
    }
    return undefined;
  }
}

function find({ client, command, input }: TransportCall): {
  readonly service: Service;
  readonly operation: Operation<never, object>;
} {
  const service = services.get(client);
  const operation = service?.operations[command];
  if (service === undefined || operation === undefined) throw new NotSpoken(`${client} ${command}`);
  const heeds: readonly PropertyKey[] = operation.heeds;
  for (const [member, value] of Object.entries(input)) {
    if (value !== undefined && !heeds.includes(member))
      throw new NotSpoken(`${member} of ${client} ${command}`);
  }
  return { service, operation };
}

/** As Node's HTTP client says it; the SDK takes it for transient and retries. */
function connectionLost(): Error {
  return Object.assign(new Error('socket hang up'), { name: 'TimeoutError', code: 'ECONNRESET' });
}
