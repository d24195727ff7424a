import type { Config } from '#core/config/config.ts';
import type { Failure } from '#core/model/failure.ts';
import type { GroupList } from '#core/reports/group-list.ts';
import { counted } from '#core/util/format.ts';
import { listFirst } from '#core/util/list-first.ts';
import { version } from '#core/util/version.ts';
import { monkeyName } from '#lib/outputs.ts';
import { regionNotEnabled } from '#targets/region-not-enabled.ts';
import { line } from '../render/layout.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

/** What the deployed function reports about itself and its accounts. */
export function fleetFindings(list: GroupList, config: Config): readonly Finding[] {
  return [
    functionFinding(list),
    leashFinding(list, config),
    ...roleFindings(list, config),
    ...regionFindings(list),
    groupFinding(list, config),
    ...heldFindings(list),
  ];
}

function functionFinding({ version: deployed }: GroupList): Finding {
  return deployed === version
    ? ok('function', `${monkeyName} ${line(deployed)} answers`)
    : warn('function', `${monkeyName} ${line(deployed)} answers, this clone is ${version}`, 'npx cdk deploy');
}

function leashFinding({ leashed }: GroupList, config: Config): Finding {
  if (leashed !== config.leashed) {
    const text = `the deployed configuration says leashed: ${leashed}, the file says leashed: ${config.leashed}`;
    return warn('leash', text, 'npx cdk deploy');
  }
  return leashed
    ? warn(
        'leash',
        'nothing is struck while the configuration is leashed',
        'When the reports look right, set leashed: false, then: npx cdk deploy',
      )
    : ok('leash', 'not leashed: live runs strike');
}

/** AWS does not say why it refuses a role: it may be missing, or trust another account or external id. */
function roleFindings({ failures }: GroupList, { accounts, master }: Config): readonly Finding[] {
  const refused = failures.filter(({ stage }) => stage === 'assume-role');
  const ids = [...new Set(refused.map(({ account = '?' }) => account))];
  const [first] = refused;
  if (first === undefined) return [ok('roles', `${counted(accounts.length, 'account')} accessible`)];
  const isMaster = first.account === master.account;
  return [
    fail(
      'roles',
      `${listFirst(ids.map(line))} not accessible (${first.code}): the role is missing, or trusts another external id or master account`,
      ...(isMaster
        ? ["The master's own role is in its stack: npx cdk deploy"]
        : [
            'With credentials of that account, compare the parameters:',
            'aws cloudformation describe-stacks --stack-name ChaosTargetRole --query "Stacks[].Parameters"',
          ]),
    ),
  ];
}

function regionFindings({ failures }: GroupList): readonly Finding[] {
  const others = failures.filter(({ stage }) => stage !== 'assume-role');
  const [first] = others;
  if (first === undefined) return [ok('regions', 'all accessible')];
  const { disabled = [], broken = [] } = Object.groupBy(others, ({ code }) =>
    regionNotEnabled.has(code) ? 'disabled' : 'broken',
  );
  const findings: Finding[] = [];
  if (disabled[0] !== undefined) {
    const text = `${listPlaces(disabled)}: apparently not enabled in the account (${disabled[0].code})`;
    findings.push(
      fail('regions', text, "Enable the region there, or remove it from that account's regions."),
    );
  }
  if (broken[0] !== undefined) {
    const { code, message } = broken[0];
    findings.push(warn('regions', `${listPlaces(broken)}: ${code}: ${line(message)}`));
  }
  return findings;
}

function listPlaces(failures: readonly Failure[]): string {
  const places = failures.map(({ account, region }) =>
    [account, region].filter((part) => part !== undefined).join('/'),
  );
  return listFirst([...new Set(places.map((place) => (place === '' ? 'the ledger' : line(place))))]);
}

function groupFinding({ seen }: GroupList, { tags: { optIn } }: Config): Finding {
  if (seen > 0) return ok('groups', `${counted(seen, 'group')} ${seen === 1 ? 'has' : 'have'} opted in`);
  const [key, value] = [optIn.key, optIn.value];
  return fail(
    'groups',
    'no group has opted in',
    `aws autoscaling create-or-update-tags --tags ResourceId=GROUP,ResourceType=auto-scaling-group,Key=${key},Value=${value},PropagateAtLaunch=true`,
  );
}

function heldFindings({ groups }: GroupList): readonly Finding[] {
  const warnings = [
    {
      check: 'held',
      what: 'leashed or vetoed',
      found: groups.filter(({ record }) => record !== null && (record.leash ?? record.veto) !== null),
    },
    {
      check: 'tags',
      what: 'spared because of an unreadable tag',
      found: groups.filter(({ rate }) => rate.mode === 'none'),
    },
  ];
  return warnings
    .filter(({ found }) => found.length > 0)
    .map(({ check, what, found }) =>
      warn(check, `${what}: ${listFirst(found.map(({ group }) => line(group)))}`, './chaos groups'),
    );
}
