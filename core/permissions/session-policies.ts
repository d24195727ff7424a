import type { ChosenFault, FaultRegistry, Permission, Phase } from '../model/fault.ts';
import type { Target } from '../model/target.ts';
import { undoSchedulePattern } from '../model/undo-schedules.ts';
import { literal, type PolicyDocument, type PolicyStatement, policyOf } from './policy-document.ts';
import { type ScheduleScope, scheduleStatements } from './schedule-statements.ts';

type Strikes = readonly {
  readonly target: Target;
  readonly fault: ChosenFault;
  /** Of its undo entry, which is made later than the session that strikes. */
  readonly id?: string;
}[];

/** The session policy of strikes: what their faults call, on these targets. Statements are merged, as 2,048 characters are all there is. */
export function strikePolicy(strikes: Strikes, faults: FaultRegistry, scope: ScheduleScope): PolicyDocument {
  return sessionPolicy('Strike', strikes, faults, scope, ['prepare', 'inject', 'undo']);
}

/** The session policy of undoing them, which takes back no schedule but theirs. */
export function undoPolicy(strikes: Strikes, faults: FaultRegistry, scope: ScheduleScope): PolicyDocument {
  return sessionPolicy('Undo', strikes, faults, scope, ['undo']);
}

function sessionPolicy(
  sid: string,
  strikes: Strikes,
  faults: FaultRegistry,
  scope: ScheduleScope,
  phases: readonly Phase[],
): PolicyDocument {
  const arnsByAction = new Map<string, Set<string>>();
  for (const { target, fault } of strikes) {
    for (const permission of faults.get(fault.name)?.permissions ?? []) {
      const { action, when, phases: used = ['inject'] } = permission;
      const arns = resourcesOf(permission, target, scope);
      if (arns.length === 0 || when?.(fault.parameters) === false) continue;
      if (!phases.some((phase) => used.includes(phase))) continue;
      arnsByAction.set(action, new Set([...(arnsByAction.get(action) ?? []), ...arns]));
    }
  }
  const schedules = strikes
    .filter(({ fault }) => endsBySchedule(faults, fault))
    .map(({ id }) => (id === undefined ? '*' : undoSchedulePattern(id)));
  return policyOf([
    ...mergedStatements(sid, arnsByAction),
    ...(schedules.length > 0 ? scheduleStatements(scope, phases, [...new Set(schedules)].sort()) : []),
  ]);
}

/** None for a target that has no such resource. */
function resourcesOf(
  { on, ours }: Permission<never>,
  { arns, region }: Target,
  { partition, account }: ScheduleScope,
): readonly string[] {
  if (ours !== undefined) return ours({ partition, region, account });
  if (on === undefined) return ['*'];
  return arns[on] === undefined ? [] : [literal(arns[on])];
}

/** One statement for all actions on the same resources. */
function mergedStatements(
  sid: string,
  arnsByAction: ReadonlyMap<string, ReadonlySet<string>>,
): readonly PolicyStatement[] {
  const byResources = Map.groupBy(arnsByAction, ([, arns]) => JSON.stringify([...arns].sort()));
  return [...byResources.values()].map((entries, index) => ({
    Sid: `${sid}${index}`,
    Effect: 'Allow',
    Action: entries.map(([action]) => action),
    Resource: [...(entries[0]?.[1] ?? [])],
  }));
}

function endsBySchedule(faults: FaultRegistry, { name }: ChosenFault): boolean {
  const fault = faults.get(name);
  return fault?.lasts === true && fault.ends.by === 'schedule';
}
