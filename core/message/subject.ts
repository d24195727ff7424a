import { counted } from './words.ts';
import type { Tellable } from './worth-telling.ts';

/** What SNS takes for a subject: less than 100 characters of printable ASCII. Source: SNS API reference, Publish. */
const maxLength = 99;

/** A run in one line, the essential first: the subject of an e-mail, the headline in a chat. */
export function subject(report: Tellable): string {
  const monkey = report.mode === 'leashed' ? 'LEASHED: chaos monkey' : 'Chaos monkey';
  return `${monkey}${summary(report)}`.replace(/[^ -~]/g, '?').slice(0, maxLength);
}

function summary(report: Tellable): string {
  const { mode, outcome, counts } = report;
  const [verb, struck] =
    mode === 'live' ? ['struck', counts.succeeded] : ['would have struck', counts.leashed];
  const failures = counts.failed + counts.failures;
  const failed = failures > 0 ? counted(failures, 'failure') : undefined;

  if (outcome === 'closed') return `: ${failed === undefined ? '' : `${failed}, `}${heldBack(report)}`;
  if (struck > 0)
    return ` ${verb} ${counted(struck, 'instance')}${accounts(report)}${failed === undefined ? '' : `; ${failed}`}`;
  return failed === undefined ? ` ${verb} nothing` : `: ${failed}, ${verb} nothing`;
}

function accounts({ strikes, omitted }: Tellable): string {
  // With strikes left out of the list, their accounts cannot be counted.
  if (omitted !== undefined && omitted.strikes > 0) return '';
  const [first, ...others] = new Set(
    strikes.filter(({ outcome }) => outcome !== 'failed').map(({ account }) => account),
  );
  return others.length === 0 ? ` in account ${first}` : ` in ${counted(others.length + 1, 'account')}`;
}

function heldBack({ gates }: Tellable): string {
  const closed = gates.filter(({ open }) => !open).map(({ gate }) => gate);
  return `held back by the gate ${closed.join(', ')}`;
}
