import { isThrottlingError } from '@smithy/core/retry';
import type { SdkError } from '@smithy/types';
import type { Config, TargetAccount } from '#core/config/config.ts';
import { DeadlineReached, type Failure, failure } from '#core/model/failure.ts';
import { AlreadyEnded, type FaultRegistry, type Injector } from '#core/model/fault.ts';
import type { RunContext } from '#core/model/run-context.ts';
import type { Order, StrikeOutcome } from '#core/model/strike.ts';
import type { TargetKind } from '#core/model/target.ts';
import { strikePolicy } from '#core/permissions/policies.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { Striker, StrikeSession } from '#core/ports/striker.ts';
import { codeOf, messageOf } from '#core/util/error-text.ts';
import { AttemptTracker } from './clients/attempt-tracker.ts';
import type { Clients } from './clients/clients.ts';
import type { Session, Sessions } from './sessions.ts';

/** STS's limit for an inline session policy, in characters. */
const maxPolicyLength = 2_048;

/** Strikes with sessions whose policies name exactly the ordered targets, as many per session as fit in its policy. */
export function awsStriker(parts: {
  readonly clients: Clients;
  readonly sessions: Sessions;
  readonly config: Config;
  readonly faults: FaultRegistry;
  readonly kinds: readonly Pick<TargetKind, 'kind' | 'facts'>[];
  readonly clock: Clock;
}): Striker {
  const { clients, sessions, config, faults, kinds, clock } = parts;
  const accounts = new Map(config.accounts.map((account) => [account.id, account]));

  const openFor = async (
    account: TargetAccount,
    orders: readonly Order[],
    run: RunContext,
  ): Promise<readonly StrikeSession[]> => {
    try {
      const session = await sessions.openForStrikes(account, strikePolicy(orders, faults), run);
      return [{ orders, strike: (order, until) => strike(order, session, until) }];
    } catch (error) {
      // STS also limits the packed size, which cannot be predicted.
      if (!isTooLarge(error) || orders.length === 1) throw error;
      const half = Math.ceil(orders.length / 2);
      const halves = [orders.slice(0, half), orders.slice(half)];
      return (await Promise.all(halves.map((part) => openFor(account, part, run)))).flat();
    }
  };

  const strike = async (
    { target, fault }: Order,
    session: Session,
    until: number,
  ): Promise<StrikeOutcome> => {
    const attempts = new AttemptTracker(() => {
      if (clock.now() >= until) throw new DeadlineReached('strike');
    });
    const injector: Injector = {
      client: (service) => {
        const client = clients(service, {
          region: target.region,
          deadline: until,
          ...(session && { credentials: session }),
        });
        client.middlewareStack.use(attempts.plugin);
        return client;
      },
    };
    try {
      const known = faults.get(fault.name);
      if (known === undefined) throw new Error(`no fault is named ${fault.name}`);
      const kind = kinds.find((one) => one.kind === known.kind);
      if (kind?.kind !== target.kind)
        throw new Error(`${fault.name} is not done to targets of kind ${target.kind}`);
      const facts = kind.facts.parse(target.facts);
      const detail = await known.inject(injector, { ...target, facts }, fault.parameters);
      return { outcome: 'succeeded', detail };
    } catch (error) {
      if (error instanceof AlreadyEnded) {
        // If the answer to an earlier attempt was lost, that attempt ended it.
        if (attempts.mayHaveActed > 1) return { outcome: 'succeeded', detail: error.change };
        return { outcome: 'failed', detail: `${error.name}: ${error.message}` };
      }
      const detail = `${codeOf(error)}: ${messageOf(error)}`;
      if (!attempts.wasRefusedEveryTime) return { outcome: 'unknown', detail };
      return { outcome: 'failed', detail, ...(isLasting(error) && { isRefusal: true }) };
    }
  };

  return {
    open: async (orders, run) => {
      const byAccount = [...Map.groupBy(orders, ({ target }) => target.account)];
      const chunks = byAccount.flatMap(([id, ofAccount]) => {
        const account = accounts.get(id);
        return account === undefined
          ? []
          : splitToFit(ofAccount, faults).map((chunk) => ({ account, chunk }));
      });
      const failures: Failure[] = [];
      const opened = await Promise.all(
        chunks.map(({ account, chunk }) =>
          openFor(account, chunk, run).catch((error: unknown) => {
            failures.push(
              ...chunk.map(({ target: { group, region } }) =>
                failure('assume-role', error, { account: account.id, region, group }),
              ),
            );
            return [];
          }),
        ),
      );
      return { value: opened.flat(), failures };
    },
  };
}

/** Splits orders, in order, into as few chunks as have a policy that STS accepts. */
function splitToFit(orders: readonly Order[], faults: FaultRegistry): readonly (readonly Order[])[] {
  const chunks: Order[][] = [];
  for (const order of orders) {
    const last = chunks.at(-1);
    const fits =
      last !== undefined && JSON.stringify(strikePolicy([...last, order], faults)).length <= maxPolicyLength;
    if (fits) last.push(order);
    else chunks.push([order]);
  }
  return chunks;
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && error.name === 'PackedPolicyTooLargeException';
}

/** Refusals because of credentials or a transient state, not because of the target. */
const transient: readonly string[] = [
  'AuthFailure',
  'ExpiredToken',
  'ExpiredTokenException',
  'IncompleteSignature',
  'InvalidClientTokenId',
  'RequestExpired',
  'RequestTimeTooSkewed',
  'SignatureDoesNotMatch',
  // Something else has terminated or changed the instance meanwhile.
  'IncorrectInstanceState',
  'IncorrectState',
  'InvalidInstanceID.NotFound',
  // From Auto Scaling, while another operation on the group is in progress.
  'ResourceContention',
  'ScalingActivityInProgress',
];

/** Whether AWS would refuse all day. An unknown code counts as such, as the refusal is remembered for only a day. */
function isLasting(error: unknown): boolean {
  const status = (error as SdkError).$metadata?.httpStatusCode ?? 0;
  return (
    status >= 400 &&
    status < 500 &&
    !isThrottlingError(error as SdkError) &&
    !transient.includes(codeOf(error)) &&
    // From Auto Scaling for an instance that has left its group. The code is ValidationError, as for all its refusals.
    !/instance id not found/i.test(messageOf(error))
  );
}
