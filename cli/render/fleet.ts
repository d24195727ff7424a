import type { TagKeys } from '#core/config/config-sections.ts';
import type { Tags } from '#core/model/group.ts';
import type { Region } from '#sandbox/state/region.ts';
import type { Paint } from '../terminal/terminal.ts';

/** A region of the sandbox: its groups, their health, and the tags that decisions depend on. */
export function regionText(region: Region, keys: TagKeys, now: number, paint: Paint): string {
  const groups = [...region.groupsAt(now).values()].map((group) => {
    const inService = group.members.filter(
      (member) => group.lifecycleOf(member, now) === 'InService' && member.health === 'Healthy',
    );
    const what = `Auto Scaling group, ${inService.length} of ${group.desired} in service`;
    return [group.name, what, tagText(group.tags, keys)];
  });
  const standalone = Map.groupBy(
    region.instances().filter(({ autoScalingGroup }) => autoScalingGroup === undefined),
    ({ tags }) => tags[keys.group] ?? tags.Name ?? 'no name',
  );
  const rows = [
    ...groups,
    ...[...standalone].map(([name, members]) => [
      name,
      `standalone, ${members.length} running`,
      tagText(members[0]?.tags ?? {}, keys),
    ]),
  ];
  return [
    `  ${paint('bold', region.account)} ${region.name}`,
    ...rows.map(
      ([name = '', what = '', tags = '']) =>
        `    ${name.padEnd(16)} ${what.padEnd(38)} ${paint('dim', tags)}`,
    ),
  ].join('\n');
}

function tagText(tags: Tags, { optIn, probability, faults, group }: TagKeys): string {
  const shown = [optIn.key, probability, faults, group].flatMap((key) =>
    tags[key] === undefined ? [] : [`${key}=${tags[key]}`],
  );
  return shown.length === 0 ? 'not opted in' : shown.join(' ');
}
