import { groupKey } from '#core/model/group.ts';
import type { Sandbox } from '#sandbox/sandbox.ts';
import type { Effect } from './invocation.ts';
import type { Scenario } from './random-scenario.ts';

/** A signal that prevents strikes while it is bad. */
export interface BlockingSignal {
  readonly name: string;
  /** Whether it speaks of such a strike. */
  concerns(effect: Pick<Effect, 'account' | 'group'>): boolean;
  turn(to: 'no' | 'yes'): void;
}

/** All configured signals, set to good, and the groups' own opt-in. */
export function blockingSignals(
  { config, groups }: Pick<Scenario, 'config' | 'groups'>,
  sandbox: Sandbox,
  now: () => number,
): readonly BlockingSignal[] {
  const { alarms, changeCalendars, fisSafetyLever } = config.gates;
  const master = sandbox.account(config.master.account).region(config.master.region);
  const everywhere = () => true;
  const ofAccounts = (
    what: string,
    turn: (place: ReturnType<ReturnType<Sandbox['account']>['region']>, to: 'no' | 'yes') => void,
  ) =>
    config.accounts.map(
      ({ id, regions }): BlockingSignal => ({
        name: `${what} of ${id}`,
        concerns: ({ account }) => account === id,
        turn: (to) => {
          for (const region of regions) turn(sandbox.account(id).region(region), to);
        },
      }),
    );
  const signals: readonly BlockingSignal[] = [
    ...alarms.organization.map(
      (name): BlockingSignal => ({
        name: `alarm ${name}`,
        concerns: everywhere,
        turn: (to) => master.alarm(name, to === 'no' ? 'ALARM' : 'OK'),
      }),
    ),
    ...changeCalendars.map(
      (name): BlockingSignal => ({
        name: `calendar ${name}`,
        concerns: everywhere,
        turn: (to) => master.calendar(name, to === 'no' ? 'CLOSED' : 'OPEN'),
      }),
    ),
    ...alarms.account.flatMap((name) =>
      ofAccounts(`alarm ${name}`, (place, to) => place.alarm(name, to === 'no' ? 'ALARM' : 'OK')),
    ),
    ...(fisSafetyLever
      ? ofAccounts('safety lever', (place, to) => place.safetyLever(to === 'no' ? 'engaged' : 'disengaged'))
      : []),
  ];
  for (const signal of signals) signal.turn('yes');
  return [
    ...signals,
    // Its instances keep their tags: IAM would let them be struck.
    ...groups
      .filter(({ kind, tags }) => kind === 'asg' && 'chaos:opt-in' in tags)
      .map(({ account, region, name, tags }): BlockingSignal => {
        const { 'chaos:opt-in': optIn, ...others } = tags;
        const key = groupKey({ account, region, kind: 'asg', name });
        return {
          name: `opt-in of ${name}`,
          concerns: ({ group }) => group === key,
          turn: (to) => {
            const place = sandbox.account(account).region(region);
            place
              .groupsAt(now())
              .get(name)
              ?.setTags(to === 'no' ? others : tags);
          },
        };
      }),
  ];
}
