import type { Config } from '#core/config/config.ts';
import { Explanation } from '#core/reports/explanation.ts';
import type { GroupList } from '#core/reports/group-list.ts';
import { counted } from '#core/util/format.ts';
import { listFirst } from '#core/util/list-first.ts';
import { parse } from '#core/util/parse.ts';
import { answerName, askFunction } from '../deployed/invoke-function.ts';
import { line } from '../render/layout.ts';
import { targetGuards } from '../render/verdict.ts';
import { attempt, type Examination } from './attempt.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

/** Inspecting one group takes several calls. */
const maxInspected = 3;
const check = 'instances';

/** Explains the first groups, to check that instances have the opt-in tag, which IAM requires, and that gates are open. */
export async function instanceFindings(
  list: GroupList,
  config: Config,
  context: Examination,
): Promise<readonly Finding[]> {
  const sample = list.groups.filter(({ healthy }) => healthy > 0).slice(0, maxInspected);
  const looks = await Promise.all(
    sample.map(({ group }) =>
      attempt(check, context.patience.lookMs, async (giveUp) => {
        const asked = { input: { task: 'explain', group }, what: 'an explanation', giveUp } as const;
        return parse(Explanation, await askFunction(asked, config, context), answerName);
      }),
    ),
  );
  const explained = looks.flatMap((look) => ('value' in look ? [look.value] : []));
  const [missed] = looks.flatMap((look) => ('finding' in look ? [look.finding] : []));
  return [
    ...(explained.length === 0 ? [] : [tagFinding(explained, list.seen, config), ...gateFindings(explained)]),
    ...(missed === undefined ? [] : [missed]),
  ];
}

function tagFinding(explained: readonly Explanation[], seen: number, { tags: { optIn } }: Config): Finding {
  const instances = explained.flatMap(inService);
  const untagged = instances.filter(({ isTagged }) => !isTagged).map(({ id }) => id);
  const where = `${explained.length} of ${counted(seen, 'group')} inspected`;
  if (untagged.length === 0) {
    return ok(check, `all ${counted(instances.length, 'instance')} have the tag (${where})`);
  }
  const tag = `${optIn.key}=${optIn.value}`;
  const level = untagged.length === instances.length ? fail : warn;
  return level(
    check,
    `${untagged.length} of ${counted(instances.length, 'instance')} lack the tag ${tag} (${where}): ${listFirst(untagged.map(line))}`,
    'In their account and region:',
    `aws ec2 create-tags --tags Key=${optIn.key},Value=${optIn.value} --resources ${untagged.slice(0, 5).map(line).join(' ')}`,
  );
}

/** The instances in service: only these are inspected. */
function inService(explanation: Explanation): readonly { readonly id: string; readonly isTagged: boolean }[] {
  return [...targetGuards(explanation)].flatMap(([id, guards]) => {
    const passes = (code: string) => guards.some((guard) => guard.code === code && guard.passes);
    return passes('instance-not-in-service') ? [{ id, isTagged: passes('instance-not-opted-in') }] : [];
  });
}

/** External signals, and the clock if it is wrong. The stop and the schedule have checks of their own. */
function gateFindings([first]: readonly Explanation[]): readonly Finding[] {
  const signals = (first?.gates ?? []).filter(
    ({ gate, open }) => gate !== 'stop' && gate !== 'schedule' && !(gate === 'clock' && open),
  );
  return signals.map(({ gate, open, text }) => {
    const message = `${line(gate)}: ${line(text)}`;
    return open ? ok('gate', message) : fail('gate', message);
  });
}
