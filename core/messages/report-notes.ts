import type { PermissionCheck } from '../reports/run-report.ts';
import { counted } from '../util/format.ts';
import type { AnnouncedReport } from './announced-report.ts';
import type { Note } from './digest.ts';

/** What a reader must know about a run first. */
export function reportNotes(report: AnnouncedReport): readonly Note[] {
  const { leashedBecause, gates, groupsNotFound, permissions = [] } = report;
  const held = heldText(report);
  const notes: Note[] = gates
    .filter(({ open }) => !open)
    .map(({ gate, text }) => ({ text: `${held}. Gate ${gate} is closed: ${text}`, tone: 'warn' }));
  if (leashedBecause !== undefined) {
    notes.unshift({ text: `Nothing was touched: ${leashedBecause}`, tone: 'plain' });
  }
  for (const one of permissions.filter(({ unknown }) => unknown.length > 0)) {
    notes.push({ text: unknownText(one), tone: 'warn' });
  }
  if (groupsNotFound.length > 0) notes.push({ text: notFoundText(report), tone: 'bad' });
  return notes;
}

/** What is denied is a failure. */
function unknownText({ task, role, accounts, unknown, why }: PermissionCheck): string {
  const where = accounts.length === 1 ? accounts[0] : counted(accounts.length, 'account');
  const because = why === undefined ? '' : ` (${why})`;
  return `Not known whether ${role} in ${where} may do what it takes to ${task}${because}: ${unknown.join(', ')}`;
}

/** The consequence of a closed gate. */
function heldText({ outcome, recoveries }: AnnouncedReport): string {
  if (outcome === 'done') return 'A live run would have ended here';
  return recoveries.length === 0 ? 'Nothing was surveyed' : 'Only earlier strikes were verified';
}

/** The requested groups that were not seen, each with the one that was probably meant. */
function notFoundText({ groupsNotFound, didYouMean = {}, failures, omitted }: AnnouncedReport): string {
  const names = groupsNotFound.map((name) => {
    const meant = Object.hasOwn(didYouMean, name) ? didYouMean[name] : undefined;
    return meant === undefined ? name : `${name} (did you mean ${meant}?)`;
  });
  // The group may be in a place that was not completely surveyed.
  const failed = failures.filter(({ stage }) => stage === 'assume-role' || stage === 'survey').length;
  const unseen = failed + (omitted?.failures ?? 0);
  const what = unseen === 0 ? 'Not found' : `Not seen (${counted(unseen, 'failure')}: see below)`;
  return `${what}, mistyped or not opted in: ${names.join(', ')}`;
}
