import type { NoticedStrike } from '../../reports/experiment-notice.ts';
import type { StruckTarget } from '../../reports/experiment-report.ts';
import { maxText, oneLine } from '../../util/format.ts';

export function noticedStrike(strike: StruckTarget): NoticedStrike {
  const { group, target, fault, undo, byHand } = strike;
  return {
    ...(undo !== undefined && { id: undo }),
    ...{ group, target, fault, byHand },
    text: oneLine(fateText(strike), maxText),
  };
}

function fateText({ outcome, detail, undo, to, byHand }: StruckTarget): string {
  const struck = `${outcome}, ${detail}`;
  if (byHand.length > 0) return `${struck}; NOT undone`;
  return undo !== undefined && to !== undefined ? `${struck}; undone at ${to}` : struck;
}
