import { isThrottlingError } from '@smithy/core/retry';
import type { SdkError } from '@smithy/types';
import type { Config, TargetAccount } from '#core/config/config.ts';
import { type Failure, failure } from '#core/model/failure.ts';
import { AlreadyEnded, type FaultRegistry } from '#core/model/fault.ts';
import type { RunContext } from '#core/model/run-context.ts';
import type { Order, StrikeOutcome } from '#core/model/strike.ts';
import type { TargetKind } from '#core/model/target.ts';
import { scheduleScope, undoRoleArn } from '#core/permissions/schedule-statements.ts';
import { strikePolicy } from '#core/permissions/session-policies.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { Striker, StrikeSession } from '#core/ports/striker.ts';
import { codeOf, messageOf } from '#core/util/error-text.ts';
import type { Clients } from './clients/clients.ts';
import { chunksThatFit, isPolicyTooLarge } from './policy-size.ts';
import { awsReach } from './reach.ts';
import type { Session, Sessions } from './sessions.ts';

/** Strikes through sessions that name exactly the ordered targets: as many to a session as its policy holds. */
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

  /** Of orders in one account. */
  const policyFor = (orders: readonly Order[]) => {
    const account = orders[0]?.target.account ?? '';
    return strikePolicy(orders, faults, scheduleScope(config, account));
  };

  const openFor = async (
    account: TargetAccount,
    orders: readonly Order[],
    run: RunContext,
  ): Promise<readonly StrikeSession[]> => {
    try {
      const session = await sessions.openForStrikes(account, policyFor(orders), run);
      return [
        {
          orders,
          strike: (order, until) => strike(order, session, until),
          reach: (order) => reach(order, session),
        },
      ];
    } catch (error) {
      // STS packs policies, and how small they become cannot be foreseen.
      if (!isPolicyTooLarge(error) || orders.length === 1) throw error;
      const half = Math.ceil(orders.length / 2);
      const halves = [orders.slice(0, half), orders.slice(half)];
      return (await Promise.all(halves.map((part) => openFor(account, part, run)))).flat();
    }
  };

  const reach = ({ target }: Order, session: Session) =>
    awsReach({ clients, clock }, session, {
      region: target.region,
      undoRoleArn: undoRoleArn(config, target.account),
    });

  const strike = async (order: Order, session: Session, until: number): Promise<StrikeOutcome> => {
    const { target, fault } = order;
    const injector = reach(order, session).injector(until);
    try {
      const known = faults.get(fault.name);
      if (known === undefined) throw new Error(`no fault is named ${fault.name}`);
      if (known.lasts) throw new Error(`${fault.name} lasts: it is injected by its undo entry`);
      const kind = kinds.find((one) => one.kind === known.kind);
      if (kind?.kind !== target.kind)
        throw new Error(`${fault.name} is not done to targets of kind ${target.kind}`);
      const facts = kind.facts.parse(target.facts);
      const detail = await known.inject(injector, { ...target, facts }, fault.parameters);
      return { outcome: 'succeeded', detail };
    } catch (error) {
      if (error instanceof AlreadyEnded) {
        // Where the answer to an earlier attempt was lost, it was that attempt.
        if (injector.mayHaveActed > 1) return { outcome: 'succeeded', detail: error.change };
        return { outcome: 'failed', detail: `${error.name}: ${error.message}` };
      }
      const detail = `${codeOf(error)}: ${messageOf(error)}`;
      if (!injector.wasRefusedEveryTime) return { outcome: 'unknown', detail };
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
          : chunksThatFit(ofAccount, policyFor).map((chunk) => ({ account, chunk }));
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
