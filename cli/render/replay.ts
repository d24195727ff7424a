import type { Reason } from '#core/model/decision.ts';
import type { Outcome, Replay } from '#core/reports/replay.ts';
import { counted } from '#core/util/format.ts';
import type { Paint } from '../terminal/terminal.ts';
import { line } from './layout.ts';

/** The result of a replay: no differences, or both sides of the first one. */
export function replayText({ runId, groups, chosen, differences, first }: Replay, paint: Paint): string {
  const again = `${counted(groups, 'group')} of run ${line(runId)} decided again, ${chosen} of them chosen to be struck`;
  if (first === undefined) return `${again}: ${paint('green', 'all the same')}`;
  const others = differences === 1 ? '' : '. The first of them';
  return [
    `${again}: ${paint('red', `${counted(differences, 'group')} decided differently`)}${others}:`,
    `  ${paint('bold', line(first.group))}`,
    `    then  ${outcomeText(first.recorded)}`,
    `    now   ${outcomeText(first.replayed)}`,
  ].join('\n');
}

function outcomeText({ decision, targetId }: Outcome): string {
  const { verdict, reason, also = [] } = decision;
  const what = targetId === null ? verdict : `${verdict} ${line(targetId)}`;
  return [`${what}: ${reasonText(reason)}`, ...also.map((one) => `also ${reasonText(one)}`)].join('; ');
}

function reasonText({ code, text }: Reason): string {
  return `${line(code)}: ${line(text)}`;
}
