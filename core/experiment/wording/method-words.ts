import type { MethodStep, Select, TargetSelection } from '../../model/experiment.ts';
import { faultText } from '../../model/fault-text.ts';
import { counted } from '../../util/format.ts';
import { tookText } from './numbers.ts';

/** `1 target`, `25 % of the targets`. */
export function selectText(select: Select): string {
  if (select === 'all') return 'all targets';
  return 'count' in select ? counted(select.count, 'target') : `${select.percent} % of the targets`;
}

/** `lambda-latency (milliseconds 300) on 1 target of kind lambda with the tag app=shop, for 5 min`. */
export function stepText({ fault, target, holdMs }: MethodStep): string {
  return `${faultText(fault)} on ${selectText(target.select)} ${scopeText(target)}, for ${tookText(holdMs)}`;
}

function scopeText({ kind, accounts, regions, tags, names }: TargetSelection): string {
  const within = [
    ...(names === undefined ? [] : [`named ${names.join(' or ')}`]),
    ...Object.entries(tags ?? {}).map(([key, value]) => `with the tag ${key}=${value}`),
    ...(accounts === undefined ? [] : [`in account ${accounts.join(' or ')}`]),
    ...(regions === undefined ? [] : [`in ${regions.join(' or ')}`]),
  ];
  return [`of kind ${kind}`, ...within].join(' ');
}
