import { type Deployment, deploymentText } from '../model/deployment.ts';
import type { ExperimentNotice } from '../reports/experiment-notice.ts';
import { counted, grouped } from '../util/format.ts';
import { type Action, stopExperimentActions, undoAgain, undoByHand } from './actions.ts';
import { type Digest, type Note, placeFlags, readable } from './digest.ts';
import { experimentSections } from './experiment-sections.ts';
import { bothZones } from './moment-text.ts';
import type { Limits } from './section.ts';
import { experimentSubject } from './subject.ts';

/** An experiment: what it is about to do and how to stop it, or what it came to and what is left to do. */
export function experimentDigest(notice: ExperimentNotice, reader: Deployment, limits: Limits): Digest {
  return readable(
    {
      headline: experimentSubject(notice),
      notes: [...rehearsalNotes(notice), ...newsNotes(notice, reader), ...omittedNotes(notice)],
      sections: experimentSections(notice, limits),
      actions: experimentActions(notice, reader, limits),
      whole: `All of it: ${moreCommand(notice, reader)}`,
      footer: [...footer(notice), deploymentText(reader)],
    },
    reader.timeZone,
  );
}

function rehearsalNotes({ rehearsal }: ExperimentNotice): readonly Note[] {
  return rehearsal ? [{ text: 'A rehearsal: all of it but the fault.', tone: 'info' }] : [];
}

function newsNotes(notice: ExperimentNotice, { timeZone }: Deployment): readonly Note[] {
  switch (notice.is) {
    case 'soon':
      return [
        {
          text: `Nothing is injected before ${bothZones(notice.at, timeZone)}, and nothing unless the steady state holds until then.`,
          tone: 'warn',
        },
        ...hypothesisNotes(notice),
      ];
    case 'aborted':
      return [
        { text: `Why: ${notice.by}, at ${notice.at}`, tone: 'warn' },
        {
          text: notice.isUndone
            ? 'What was in place was undone. The recovery is watched; the verdict follows.'
            : 'Not all of it could be undone. The janitor goes on trying.',
          tone: notice.isUndone ? 'info' : 'alarm',
        },
      ];
    case 'ended':
      return [
        { text: notice.means, tone: isUndone(notice) ? 'plain' : 'alarm' },
        { text: `Why: ${notice.why}`, tone: 'plain' },
        ...hypothesisNotes(notice),
        ...(notice.page === undefined
          ? [{ text: 'Its report could not be kept.', tone: 'bad' as const }]
          : []),
      ];
    case 'died':
      return [
        { text: `Why: ${notice.why}`, tone: notice.verdict === 'undo-failed' ? 'alarm' : 'bad' },
        { text: 'There is no verdict on its hypothesis, and no report.', tone: 'plain' },
      ];
  }
}

function hypothesisNotes({
  hypothesis,
}: Pick<ExperimentNotice & { readonly is: 'soon' | 'ended' }, 'hypothesis'>): readonly Note[] {
  return [
    { text: `If: ${hypothesis.if}`, tone: 'plain' },
    { text: `Then: ${hypothesis.then}`, tone: 'plain' },
  ];
}

function omittedNotes({ omittedStrikes }: ExperimentNotice): readonly Note[] {
  if (omittedStrikes === undefined) return [];
  const text = `Not all fit into this message: ${counted(omittedStrikes, 'more strike')}.`;
  return [{ text, tone: 'warn' }];
}

/** Where nobody could tell what was struck, no strike says that it is in place. */
function isUndone(notice: ExperimentNotice): boolean {
  if (notice.is === 'soon') return true;
  return notice.is === 'aborted' ? notice.isUndone : notice.verdict !== 'undo-failed';
}

function experimentActions(notice: ExperimentNotice, reader: Deployment, limits: Limits): readonly Action[] {
  const flags = placeFlags(reader);
  const inPlace = (title: string) => ({ title, commands: [`./chaos strikes --active${flags}`] });
  if (notice.is === 'soon') {
    return [...stopExperimentActions(notice.id, reader), inPlace('What is in place then')];
  }
  const open = notice.strikes.filter(({ byHand }) => byHand.length > 0);
  return [
    ...open
      .slice(0, limits.strikes)
      .flatMap(({ id, ...strike }) => [
        ...(id === undefined ? [] : [undoAgain({ id, ...strike }, flags)]),
        undoByHand(strike),
      ]),
    ...(isUndone(notice) ? [] : [inPlace('What is still in place: the janitor may have undone it since')]),
    ...reportActions(notice, reader),
  ];
}

function reportActions(notice: ExperimentNotice, reader: Deployment): readonly Action[] {
  const page = pageOf(notice);
  if (page === undefined) return [];
  return [
    { title: 'The report, in the console', commands: [page] },
    { title: 'The report, in the clone of this project', commands: [moreCommand(notice, reader)] },
  ];
}

function moreCommand(notice: ExperimentNotice, reader: Deployment): string {
  const hasReport = pageOf(notice) !== undefined;
  return `./chaos experiment ${hasReport ? 'report' : 'status'} ${notice.id}${placeFlags(reader)}`;
}

function pageOf(notice: ExperimentNotice): string | undefined {
  return notice.is === 'ended' ? notice.page : undefined;
}

function footer(notice: ExperimentNotice): readonly string[] {
  const whose = `Experiment ${notice.id} of ${notice.owner}`;
  switch (notice.is) {
    case 'soon':
      return [`${whose}, started by ${notice.startedBy}${stagesText(notice)}.`];
    case 'ended':
      return [
        notice.promise,
        `${whose}, started by ${notice.startedBy} at ${notice.startedAt}, over at ${notice.at}${stagesText(notice)}.`,
      ];
    default:
      return [`${whose}.`];
  }
}

function stagesText({
  stages: { reached, planned },
}: Pick<ExperimentNotice & { readonly is: 'soon' | 'ended' }, 'stages'>): string {
  if (planned === 1) return '';
  return reached === 0 ? `, in ${grouped(planned)} stages` : `, stage ${reached} of ${planned}`;
}
