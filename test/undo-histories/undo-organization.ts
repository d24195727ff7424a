import { makeClients } from '#aws/clients/clients.ts';
import type { Transport } from '#aws/clients/transport.ts';
import { assumedSessions } from '#aws/sessions.ts';
import type { Config } from '#core/config/config.ts';
import { enabledFaults, enabledKinds } from '#core/config/enabled-faults.ts';
import { undoScheduleGroup } from '#core/model/undo-schedules.ts';
import { rolePolicy, undoRolePolicy } from '#core/permissions/role-policies.ts';
import { scheduleScope } from '#core/permissions/schedule-statements.ts';
import { findKind } from '#core/ports/kind.ts';
import { faults } from '#faults/registry.ts';
import type { WrittenConfig } from '#lib/config/define-config.ts';
import type { SandboxCall } from '#sandbox/call.ts';
import { Sandbox } from '#sandbox/sandbox.ts';
import { trustPolicy } from '#target-role/trust-policy.ts';
import { awsFleet } from '#targets/fleet.ts';
import { kindReaders } from '#targets/reader-registry.ts';
import { kinds } from '#wiring/kinds.ts';
import type { SeededRandom } from '../histories/seeded-random.ts';
import { aConfig } from '../support/a-config.ts';
import { DisruptableSandbox } from '../support/disruptions.ts';
import { oneCallerTrust } from '../support/one-caller-trust.ts';
import { makePlace, type Place, type PlaceSeed, setTags, tagsOf } from './places.ts';
import { rememberingAuthorizer } from './remembering-authorizer.ts';
import type { Turnstile } from './turnstile.ts';

/** Accounts on the sandbox, in which every call must pass the policies that are deployed there, and bad weather. */
export async function undoOrganization(
  seeds: readonly PlaceSeed[],
  clock: Turnstile,
  random: SeededRandom,
  settings: Partial<WrittenConfig> = {},
) {
  const blows = seeds.flatMap((seed) => seed.blows.map(({ fault }) => fault.name));
  const config = aConfig({
    accounts: seeds.map(({ account }) => account),
    faults: [...new Set(blows)],
    iamRoles: ['checkout'],
    ...settings,
  });
  const caller = {
    account: config.master.account,
    roleName: 'chaos-monkey-master',
    policy: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: ['sts:*', 'dynamodb:*', 'sns:*'], Resource: '*' }],
    },
  };
  let last: SandboxCall | undefined;
  const sandbox = new DisruptableSandbox({
    ...{ clock, caller, authorize: rememberingAuthorizer },
    onCall: (call) => {
      last = call;
    },
  });
  /** Calls are made one at a time. */
  const lastCall = (): SandboxCall => {
    if (last === undefined) throw new Error('there was no call');
    return last;
  };
  const elsewhere = new Sandbox({ clock, caller });
  const weather = badWeather(sandbox, random);

  const places = seeds.map((seed) => {
    const accounts = [sandbox.account(seed.account), elsewhere.account(seed.account)] as const;
    const place = makePlace(seed, accounts, clock);
    const enrolled = enroll(place, config, sandbox.callerRole);
    return Object.assign(place, enrolled);
  });
  await findAll(places, config, sandbox, clock);
  for (const place of places) setTags(place, tagsOf[place.owner]);

  return { config, clock, sandbox, lastCall, weather, places: places as readonly EnrolledPlace[] };
}

export type UndoOrganization = Awaited<ReturnType<typeof undoOrganization>>;

export interface EnrolledPlace extends Place {
  /** Takes the role away that ends faults there, or gives it back. */
  readonly undoRole: { remove(): void; giveBack(): void };
}

/** What the target templates create in an account. */
function enroll({ account, inAccount, region }: Place, config: Config, callerRole: string) {
  const { externalId } = config;
  const roleName = config.accounts.find(({ id }) => id === account)?.roleName ?? '';
  const scope = {
    ...scheduleScope(config, account),
    regions: config.regions,
    optIn: config.tags.optIn,
    kinds: enabledKinds(config, faults, kinds),
    faults: enabledFaults(config, faults),
  };
  const trusted = {
    partition: 'aws',
    masterAccount: config.master.account,
    externalId,
    organization: undefined,
  };
  inAccount.role({
    name: roleName,
    policy: rolePolicy(scope),
    trust: { principal: callerRole, externalId, policy: trustPolicy(trusted) },
  });
  const undoRole = inAccount.role({
    name: config.undoRoleName,
    policy: undoRolePolicy(scope),
    trust: {
      principal: [callerRole, 'scheduler.amazonaws.com'],
      externalId,
      policy: oneCallerTrust({ ...trusted, account }),
    },
  });
  region.schedules.addGroup(undoScheduleGroup);
  return {
    undoRole: {
      remove: () => void inAccount.roles.delete(undoRole.arn),
      giveBack: () => void inAccount.roles.set(undoRole.arn, undoRole),
    },
  };
}

/** As a run finds them, in good weather. */
async function findAll(
  places: readonly ReturnType<typeof makePlace>[],
  config: Config,
  sandbox: Sandbox,
  clock: Turnstile,
): Promise<void> {
  const transport: Transport = (call) => clock.inTurn(() => sandbox.transport(call));
  const clients = makeClients({ clock, concurrency: 16, transport, random: () => 0.5 });
  const sessions = assumedSessions(clients, config.master.region);
  const fleet = awsFleet({ readers: kindReaders, clients, sessions, config, faults, clock, concurrency: 16 });
  for (const place of places) {
    const deadline = clock.now() + 60_000;
    const run = { runId: `find-${place.account}`, deadline, surveyBy: deadline };
    const account = config.accounts.filter(({ id }) => id === place.account);
    const { value, failures } = await fleet.survey(account, run, (group) => group);
    await place.find(async (name) => {
      const group = value.seen.find((one) => one.name === name);
      if (group === undefined) throw new Error(`no group ${name}: ${JSON.stringify(failures)}`);
      const inspection = (await fleet.inspect([group], run)).value.get(group.key);
      const target = findKind(kinds, group).candidates(group, inspection)[0]?.target;
      if (target === undefined) throw new Error(`no target in ${name}`);
      return target;
    });
  }
}

/** What becomes of calls, the more often the stronger the storm. */
function badWeather(sandbox: DisruptableSandbox, random: SeededRandom) {
  const weather = { storm: 0 };
  const meets = (share: number) => () => weather.storm > 0 && random.chance(share * weather.storm);
  sandbox.disruptions.throttle(meets(0.03));
  sandbox.disruptions.loseAnswer(meets(0.03));
  sandbox.disruptions.deny(meets(0.004));
  sandbox.disruptions.fail(meets(0.02), () =>
    Object.assign(new Error('internal failure'), {
      name: 'InternalFailure',
      $fault: 'server',
      $metadata: { httpStatusCode: 500 },
    }),
  );
  return Object.assign(weather, {
    isBad: (share: number) => meets(share)(),
    /** For those who look from outside, while nothing else happens. */
    spare: async <Answer>(call: () => Promise<Answer>): Promise<Answer> => {
      const { storm } = weather;
      weather.storm = 0;
      return call().finally(() => {
        weather.storm = storm;
      });
    },
  });
}
