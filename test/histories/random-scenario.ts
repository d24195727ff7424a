import { Temporal } from 'temporal-polyfill';
import { weekdays } from '#core/calendar/schedule.ts';
import { type Config, type ConfigInput, parseConfig } from '#core/config/config.ts';
import type { Tags } from '#core/model/group.ts';
import { faults } from '#faults/registry.ts';
import type { SeededRandom } from './seeded-random.ts';

/** An organization derived from a seed: configuration, fleet, and the days to simulate. */
export interface Scenario {
  readonly config: Config;
  readonly groups: readonly GroupSeed[];
  /** Epoch ms: midnight of the first day in the schedule's zone. */
  readonly startsAt: number;
  /** Calendar days, in the schedule's zone. */
  readonly days: readonly string[];
}
export interface GroupSeed {
  readonly account: string;
  readonly region: string;
  readonly kind: 'asg' | 'tag';
  readonly name: string;
  readonly size: number;
  readonly zones: number;
  readonly tags: Tags;
  /** Whether its first instance is protected from termination. */
  readonly isFirstProtected: boolean;
}

const optIn: Tags = { 'chaos:opt-in': 'true' };
const accounts = ['222222222222', '333333333333'];

/** Interesting weeks: a weekend, both clock changes, the turn of the year. */
const firstDays = [
  ['Europe/Berlin', '2026-10-23'],
  ['Europe/Berlin', '2027-03-26'],
  ['America/New_York', '2027-03-12'],
  ['Asia/Tokyo', '2026-12-30'],
  ['UTC', '2026-11-23'],
  ['Pacific/Auckland', '2026-11-26'],
] as const;

export function randomScenario(random: SeededRandom): Scenario {
  const [timeZone, first] = random.pick(firstDays);
  const count = random.pick([2, 2, 3]);
  const days = Array.from({ length: count }, (_, index) =>
    Temporal.PlainDate.from(first).add({ days: index }).toString(),
  );
  const used = accounts.slice(0, random.int(1, 2));
  const regions = ['eu-west-1', 'us-east-1'].slice(0, random.pick([1, 1, 2]));
  const input: ConfigInput = {
    master: { account: '111111111111', region: 'eu-west-1' },
    accounts: used,
    regions,
    externalId: 'chaos-test',
    leashed: false,
    faults: ['ec2-terminate', 'ec2-stop', 'ec2-reboot'],
    schedule: {
      timeZone,
      days: random.chance(0.3)
        ? ['sun', 'mon', 'tue', 'wed', 'thu']
        : [...weekdays.slice(0, random.int(5, 7))],
      from: random.pick(['09:00', '01:30', '00:00']),
      to: random.pick(['16:00', '23:59']),
      everyMinutes: random.pick([120, 180, 240]),
    },
    calendar: {
      daysOff: random.chance(0.2) ? [{ date: random.pick(days), name: 'a day off' }] : [],
      freezes: random.chance(0.3)
        ? [
            {
              from: `${days.at(-1)}T11:02`,
              to: `${days.at(-1)}T15:00`,
              reason: 'a launch',
              ...random.pick([{}, { accounts: used.slice(0, 1) }, { groups: ['w*', '*/asg/api'] }]),
            },
          ]
        : [],
    },
    rate: random.chance(0.5)
      ? { probability: random.pick([0.4, 1, 1]) }
      : { meanDays: random.pick([1, 1, 1.5, 2]), minDays: 1 },
    guards: {
      minInstanceAgeMinutes: random.pick([0, 10]),
      minGroupAgeMinutes: 0,
      cooldownMinutes: random.pick([0, 0, 300]),
    },
    budgets: {
      perDay: limits(random, [1, 2, 4]),
      unverified: limits(random, [1, 2]),
    },
    gates: {
      alarms: {
        organization: random.chance(0.3) ? ['outage'] : [],
        account: random.chance(0.3) ? ['brake'] : [],
      },
      changeCalendars: random.chance(0.3) ? ['releases'] : [],
      fisSafetyLever: random.chance(0.3),
    },
    notifications: { dailyPlan: random.chance(0.3) },
    recovery: { withinMinutes: random.pick([5, 20]) },
  };
  const zone = Temporal.PlainDate.from(first).toZonedDateTime(timeZone);
  return {
    config: parseConfig(input, faults),
    groups: groupsIn({ used, regions }, random),
    startsAt: zone.epochMilliseconds,
    days,
  };
}

/** Accounts and regions that groups are in. */
interface Places {
  readonly used: readonly string[];
  readonly regions: readonly string[];
}

function limits(random: SeededRandom, values: readonly number[]) {
  const one = () => (random.chance(0.6) ? undefined : random.pick(values));
  return Object.fromEntries(
    ['organization', 'account', 'region', 'app', 'group']
      .map((scope) => [scope, one()] as const)
      .filter(([, limit]) => limit !== undefined),
  );
}

function groupsIn(places: Places, random: SeededRandom): readonly GroupSeed[] {
  const names = ['web', 'api', 'cart'].slice(0, random.int(1, 3));
  return [
    ...names.map((name) => aGroupOf(name, 'asg', places, random)),
    ...(random.chance(0.4) ? [aGroupOf('batch', 'tag', places, random)] : []),
    { ...aGroupOf('private', 'asg', places, random), tags: {} },
  ];
}

function aGroupOf(
  name: string,
  kind: GroupSeed['kind'],
  { used, regions }: Places,
  random: SeededRandom,
): GroupSeed {
  const tags: Record<string, string> = { ...optIn };
  const rate = random.int(0, 3);
  if (rate === 1) tags['chaos:probability'] = '1';
  if (rate === 2) tags['chaos:mean-days'] = random.pick(['1', '1.5', '2']);
  if (rate === 3) Object.assign(tags, { 'chaos:mean-days': '2', 'chaos:min-days': '2' });
  if (random.chance(0.5)) tags['chaos:app'] = random.pick(['shop', 'search']);
  if (random.chance(0.5))
    tags['chaos:faults'] = random.pick(['ec2-stop', 'ec2-reboot', 'ec2-terminate ec2-stop']);
  // What is stopped in a standalone group stays, and somebody may start it again.
  if (kind === 'tag' && random.chance(0.7)) tags['chaos:faults'] = 'ec2-stop';
  if (random.chance(0.2)) tags['chaos:min-healthy'] = random.pick(['2', '50%']);
  return {
    account: random.pick(used),
    region: random.pick(regions),
    kind,
    name,
    size: random.int(2, 4),
    zones: random.pick([1, 1, 2]),
    tags,
    isFirstProtected: random.chance(0.25),
  };
}
