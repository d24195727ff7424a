import { deploymentText } from '../model/deployment.ts';
import { logAction, stopActions, unleashActions } from './actions.ts';
import type { AnnouncedReport } from './announced-report.ts';
import { type Digest, placeFlags, type Reader, readable } from './digest.ts';
import { reportFooter } from './report-footer.ts';
import { reportNotes } from './report-notes.ts';
import { reportSections } from './report-sections.ts';
import type { Limits } from './section.ts';
import { subject } from './subject.ts';

/** A run: what did not recover, what it struck, what recovered, what it spared and why, what failed, and the totals. */
export function reportDigest(report: AnnouncedReport, reader: Reader, limits: Limits): Digest {
  const isStopped = report.gates.some(({ gate, open }) => gate === 'stop' && !open);
  const isMessage = 'account' in reader;
  return readable(
    {
      headline: subject(report),
      notes: reportNotes(report),
      sections: reportSections(report, limits),
      actions: [
        ...unleashActions(report, limits.strikes, placeFlags(reader)),
        ...(isMessage && !isStopped ? stopActions(reader) : []),
        ...(isMessage ? [logAction(report)] : []),
      ],
      whole: 'The log has all of it: see the last command.',
      footer: [...reportFooter(report, limits), ...(isMessage ? [deploymentText(reader)] : [])],
    },
    reader.timeZone,
  );
}
