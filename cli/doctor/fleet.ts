import type { Config } from '#core/config/config.ts';
import type { Failure } from '#core/model/failure.ts';
import type { GroupList } from '#core/reports/group-list.ts';
import { counted } from '#core/util/format.ts';
import { version } from '#core/util/version.ts';
import { monkeyName } from '#lib/outputs.ts';
import { regionNotEnabled } from '#targets/region-not-enabled.ts';
import { line } from '../render/layout.ts';
import { listFirst } from '../render/list-first.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

/** What the deployed function sees of its accounts, and of itself. */
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
    const text = `leashed: ${leashed} is deployed, and the file says leashed: ${config.leashed}`;
    return warn('leash', text, 'npx cdk deploy');
  }
  return leashed
    ? warn(
        'leash',
        'nothing is struck while it is leashed',
        'When the reports look right, leashed: false, and: npx cdk deploy',
      )
    : ok('leash', 'not leashed: live runs strike');
}

/** AWS does not say why it refuses a role: missing, or trusting somebody else, or only with another external id. */
function roleFindings({ failures }: GroupList, { accounts, master }: Config): readonly Finding[] {
  const refused = failures.filter(({ stage }) => stage === 'assume-role');
  const ids = [...new Set(refused.map(({ account = '?' }) => account))];
  const [first] = refused;
  if (first === undefined) return [ok('roles', `${counted(accounts.length, 'account')} can be entered`)];
  const isMaster = first.account === master.account;
  return [
    fail(
      'roles',
      `${listFirst(ids)} cannot be entered (${first.code}): the role is missing there, or is for another external id or master account`,
      ...(isMaster
        ? ["The master's own role is in its stack: npx cdk deploy"]
        : [
            'With credentials of that account, compare:',
            'aws cloudformation describe-stacks --stack-name ChaosTargetRole --query "Stacks[].Parameters"',
          ]),
    ),
  ];
}

function regionFindings({ failures }: GroupList): readonly Finding[] {
  const others = failures.filter(({ stage }) => stage !== 'assume-role');
  const [first] = others;
  if (first === undefined) return [ok('regions', 'all can be looked at')];
  const byEnabled = Map.groupBy(others, ({ code }) => regionNotEnabled.has(code));
  const disabled = byEnabled.get(true) ?? [];
  const broken = byEnabled.get(false) ?? [];
  return [
    ...(disabled.length > 0
      ? [
          fail(
            'regions',
            `${listFirst(placesOf(disabled))}: not enabled in the account, it seems (${disabled[0]?.code})`,
            "Enable it there, or leave it out of that account's regions.",
          ),
        ]
      : []),
    ...(broken.length > 0
      ? [
          warn(
            'regions',
            `${listFirst(placesOf(broken))}: ${broken[0]?.code}: ${line(broken[0]?.message ?? '')}`,
          ),
        ]
      : []),
  ];
}

function placesOf(failures: readonly Failure[]): readonly string[] {
  const places = failures.map(({ account, region }) =>
    [account, region].filter((part) => part !== undefined).join('/'),
  );
  return [...new Set(places.map((place) => (place === '' ? 'the ledger' : place)))];
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
  const held = groups.filter(({ record }) => record !== null && (record.leash ?? record.veto) !== null);
  const spared = groups.filter(({ rate }) => rate.mode === 'none');
  return [
    ...(held.length > 0
      ? [warn('held', `leashed or vetoed: ${listFirst(held.map(({ group }) => group))}`, './chaos groups')]
      : []),
    ...(spared.length > 0
      ? [
          warn(
            'tags',
            `spared for a tag that cannot be read: ${listFirst(spared.map(({ group }) => group))}`,
            './chaos groups',
          ),
        ]
      : []),
  ];
}
