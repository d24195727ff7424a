import { faultText, groupText } from '../model/describe.ts';
import type { Strike } from '../reports/run-report.ts';
import { counted, grouped, maxText, oneLine, tally } from '../util/format.ts';
import { failureSection } from './failure-section.ts';
import type { Tellable } from './notable.ts';
import { goneSection, notRecoveredSection, recoveredSection } from './recovery-sections.ts';
import { hasSomethingToSay, type Limits, type Section } from './section.ts';

/** What happened, as far as it did: what is broken first, then what was struck. */
export function sections(report: Tellable, limits: Limits): readonly Section[] {
  const { strikes, failures, counts } = report;
  const of = (outcome: Strike['outcome']) => strikes.filter((strike) => strike.outcome === outcome);
  // Strikes that failed have a section of their own.
  const failureTitle = counts.failed > 0 ? 'Other failures' : 'Failures';
  return [
    notRecoveredSection(report, limits.strikes),
    strikeSection('Struck', counts.succeeded, of('succeeded'), limits.strikes),
    strikeSection('Would have struck', counts.leashed, of('leashed'), limits.strikes),
    strikeSection('Not known whether struck', counts.unknown, of('unknown'), limits.strikes),
    strikeSection('Could not strike', counts.failed, of('failed'), limits.strikes),
    failureSection(failureTitle, { failures, count: counts.failures }, limits.failures),
    recoveredSection(report, limits.strikes),
    goneSection(report, limits.strikes),
    spareSection(report),
  ].filter(hasSomethingToSay);
}

function strikeSection(title: string, count: number, strikes: readonly Strike[], limit: number): Section {
  const shown = strikes.slice(0, limit);
  return {
    title: `${title}: ${counted(count, 'instance')}`,
    entries: shown.map((strike) => ({
      what: oneLine(strikeText(strike), maxText),
      where: oneLine(
        `${groupText(strike.group)}, account ${strike.account}, ${strike.region}, zone ${strike.zone}`,
        maxText,
      ),
    })),
    more: count > shown.length ? `and ${grouped(count - shown.length)} more` : undefined,
  };
}

function strikeText({ instanceId, fault, outcome, detail }: Strike): string {
  const what = `${instanceId}: ${faultText(fault)}`;
  return outcome === 'leashed' ? what : `${what}: ${detail}`;
}

function spareSection({ counts }: Tellable): Section {
  const spared = Object.entries(counts.spared);
  const total = spared.reduce((sum, [, count]) => sum + count, 0);
  return {
    title: `Spared: ${counted(total, 'group')}`,
    entries: spared.length === 0 ? [] : [{ what: oneLine(tally(spared), maxText), where: undefined }],
    more: undefined,
  };
}
