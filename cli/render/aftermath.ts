import { faultText } from '#core/model/fault-text.ts';
import type { Strike } from '#core/reports/run-report.ts';
import { counted } from '#core/util/format.ts';
import type { Sandbox } from '#sandbox/sandbox.ts';
import type { InstanceView } from '#sandbox/state/region.ts';
import type { Paint } from '../terminal/terminal.ts';

/** Shows what became of struck instances, and how their groups reacted. `before` are the instance ids before the strike. */
export function aftermathText(
  strikes: readonly Strike[],
  before: ReadonlySet<string>,
  sandbox: Sandbox,
  paint: Paint,
): string {
  return strikes
    .map(({ group, target, fault }) => {
      const instances = sandbox.account(target.account).region(target.region).instances();
      const struck = instances.find(({ id }) => id === target.id);
      const others = instances.filter((one) => one.id !== target.id && isOfGroup(one, struck));
      const launched = others.filter(({ id }) => !before.has(id));
      const untouched = others.length - launched.length;
      return [
        `  ${paint('bold', group)}`,
        `    ${target.id}  ${paint('red', (struck?.state ?? 'gone').padEnd(10))}  struck with ${faultText(fault)}`,
        ...launched.map(
          ({ id, state }) => `    ${id}  ${paint('green', state.padEnd(10))}  launched in its place`,
        ),
        ...(untouched > 0 ? [`    and ${counted(untouched, 'other')}, untouched`] : []),
      ].join('\n');
    })
    .join('\n');
}

function isOfGroup({ autoScalingGroup }: InstanceView, struck: InstanceView | undefined): boolean {
  return autoScalingGroup !== undefined && autoScalingGroup === struck?.autoScalingGroup;
}
