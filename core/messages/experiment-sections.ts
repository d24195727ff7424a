import { faultText } from '../model/fault-text.ts';
import type { ExperimentNotice, NoticedStrike } from '../reports/experiment-notice.ts';
import { type Limits, listed, type Section } from './section.ts';

/** What is still in place, what to do next, what was measured, what was struck or will be. */
export function experimentSections(notice: ExperimentNotice, limits: Limits): readonly Section[] {
  const { strikes } = notice;
  const isOpen = ({ byHand }: NoticedStrike) => byHand.length > 0;
  const open = strikes.filter(isOpen);
  return [
    strikeSection('NOT undone', 'alarm', open, limits),
    ...(notice.is === 'soon' ? [stepSection(notice, limits)] : []),
    ...(notice.is === 'ended' ? [nextSection(notice), probeSection(notice, limits)] : []),
    strikeSection(
      'Struck',
      'plain',
      strikes.filter((strike) => !isOpen(strike)),
      limits,
    ),
  ];
}

function strikeSection(
  title: string,
  tone: Section['tone'],
  strikes: readonly NoticedStrike[],
  { strikes: limit, rest }: Limits,
): Section {
  const parts = listed(strikes, strikeEntry, strikes.length, limit, rest);
  return { title, count: strikes.length, unit: 'target', tone, parts };
}

function strikeEntry({ group, target, fault, text }: NoticedStrike) {
  const where = `${target.id} in ${target.account}, ${target.region}`;
  return { name: group, text: `${faultText(fault)} on ${where}: ${text}`, details: [] };
}

type Soon = ExperimentNotice & { readonly is: 'soon' };
type Ended = ExperimentNotice & { readonly is: 'ended' };

function stepSection({ steps }: Soon, { strikes: limit, rest }: Limits): Section {
  const entry = ({ name, text, changes }: Soon['steps'][number]) => ({ name, text, details: changes });
  const parts = listed(steps, entry, steps.length, limit, rest);
  return { title: 'What will be done', count: steps.length, unit: 'step', tone: 'warn', parts };
}

/** Whole: there are few, and they are why people read this. */
function nextSection({ next }: Ended): Section {
  const entries = next.map((text) => ({ name: '', text, details: [] }));
  return { title: 'What to do next', count: next.length, tone: 'info', parts: [{ entries }] };
}

function probeSection({ probes }: Ended, { strikes: limit, rest }: Limits): Section {
  const entry = ({ name, text }: Ended['probes'][number]) => ({ name, text, details: [] });
  const parts = listed(probes, entry, probes.length, limit, rest);
  return { title: 'What was measured', count: probes.length, unit: 'probe', tone: 'plain', parts };
}
