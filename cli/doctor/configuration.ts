import type { Calendar } from '#core/calendar/calendar.ts';
import { makeCalendar } from '#core/calendar/make-calendar.ts';
import { localTime } from '#core/calendar/schedule.ts';
import type { Config } from '#core/config/config.ts';
import { counted } from '#core/util/format.ts';
import { iamDeny } from '#faults/roles/iam-deny.ts';
import { isExample } from '../init/write-config.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

/** Longer than any holiday or freeze. */
const daysLooked = 400;

/** Checks the configuration alone, without AWS. */
export function configurationFindings(config: Config, shown: string, now: number): readonly Finding[] {
  return [
    configurationFinding(config, shown),
    ...rateFindings(config),
    ...budgetFindings(config),
    ...roleFindings(config),
    windowFinding(config, now),
  ];
}

function configurationFinding({ master, accounts, externalId }: Config, shown: string): Finding {
  if (isExample(master.account, externalId)) {
    return fail('configuration', `${shown} is the example, with made-up accounts`, './chaos init');
  }
  const targets = counted(accounts.length, 'account');
  return ok('configuration', `${shown}: ${targets}, master ${master.account}/${master.region}`);
}

function rateFindings({ rate, tags }: Config): readonly Finding[] {
  if (!('probability' in rate) || rate.probability > 0) return [];
  return [
    warn('rate', `probability: 0 strikes only groups with the tag ${tags.probability} or ${tags.meanDays}`),
  ];
}

function budgetFindings({ budgets }: Config): readonly Finding[] {
  return Object.entries(budgets).flatMap(([over, limits]) =>
    Object.entries(limits).flatMap(([scope, max]) => {
      if (max !== 0) return [];
      const [path, help] = [`budgets.${over}.${scope}: 0`, 'Raise it, then: npx cdk deploy'];
      return scope === 'app'
        ? [warn('budgets', `${path} spares every group that belongs to an app`, help)]
        : [fail('budgets', `${path} spares every group`, help)];
    }),
  );
}

/** Roles are struck only if they are named, and only with `iam-deny`. */
function roleFindings({ faults, accounts }: Config): readonly Finding[] {
  const isEnabled = faults.some(({ name }) => name === iamDeny.name);
  const isNamed = accounts.some(({ iamRoles }) => iamRoles.length > 0);
  if (isEnabled === isNamed) return [];
  return isEnabled
    ? [
        warn(
          'iam roles',
          'iam-deny is enabled, and can strike nothing: no account has iamRoles',
          'Name roles in iamRoles',
        ),
      ]
    : [
        warn(
          'iam roles',
          'iamRoles are named, and never struck: iam-deny is not enabled',
          "Add 'iam-deny' to faults",
        ),
      ];
}

/** When the calendar next allows a live run. */
function windowFinding(config: Config, now: number): Finding {
  const next = nextSlot(makeCalendar(config), now);
  if (next === undefined) {
    return fail('window', `schedule and calendar leave no slot in the next ${daysLooked} days`);
  }
  return ok('window', `the next slot is ${localTime(config.schedule, next)}`);
}

function nextSlot(calendar: Calendar, now: number): number | undefined {
  const today = calendar.dayOf(now);
  for (let days = 0; days < daysLooked; days += 1) {
    const slots = calendar.slots(calendar.plusDays(today, days));
    const free = slots.find((at) => at >= now && calendar.freezeAt(at) === undefined);
    if (free !== undefined) return free;
  }
  return undefined;
}
