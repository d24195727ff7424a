import type { ExperimentWarning } from '#core/experiment/file/read-experiment.ts';
import type { Finding, StepTargets, Validation } from '#core/experiment/validation/validation.ts';
import { selectText } from '#core/experiment/wording/method-words.ts';
import { shareText, tookText } from '#core/experiment/wording/numbers.ts';
import { toleranceText } from '#core/experiment/wording/probe-words.ts';
import { bothZones } from '#core/messages/moment-text.ts';
import type { JudgedProbe, Select } from '#core/model/experiment.ts';
import { counted, grouped } from '#core/util/format.ts';
import type { ScheduleHere } from '../../experiments/schedule-here.ts';
import type { Paint } from '../../terminal/terminal.ts';
import { columns } from '../columns.ts';
import { line, paragraphs, type Section, styles, table, titled } from '../layout.ts';
import {
  grantedSection,
  samplesSection,
  sparedSection,
  stopConditionsSection,
} from './validation-sections.ts';

/** What `validate` found in a file. */
export interface ValidatedExperiment {
  readonly file: string;
  readonly title: string;
  readonly fileHash: string;
  readonly warnings: readonly ExperimentWarning[];
  readonly probes: readonly (Pick<JudgedProbe, 'name' | 'tolerance' | 'everyMs'> & {
    /** In the stage that has fewest, once its faults are sure to show. */
    readonly samples: number;
    /** Not even an outage, or a state that is bad all the time. */
    readonly noticesNothing: boolean;
    /** Absent of states, and where not even an outage would be noticed. */
    readonly notices?: number;
  })[];
  /** The method of each. */
  readonly stages: readonly (readonly PlannedStep[])[];
  /** The blast radius. */
  readonly maxPercent: number;
  /** Absent of one that runs only when it is started. */
  readonly schedule?: ScheduleHere;
  /** What was seen; absent where nothing was looked at. */
  readonly validation?: Validation;
  /** Why nothing was looked at. */
  readonly notLooked?: string;
}

interface PlannedStep {
  readonly step: string;
  readonly fault: string;
  readonly kind: string;
  readonly select: Select;
  readonly holdMs: number;
}

export function validatedText(found: ValidatedExperiment, paint: Paint): string {
  const { probes, validation } = found;
  return paragraphs([
    [`${headline(found, paint)}  ${line(found.file)}: ${line(found.title)}`],
    titled(paint('bold', strikesTitle(found)), stageLines(found)),
    ...(validation === undefined
      ? []
      : [
          sparedSection(validation, paint),
          samplesSection(validation, paint),
          stopConditionsSection(validation, paint),
          grantedSection(validation, paint),
        ]),
    titled(
      paint('bold', 'What it would notice'),
      columns(
        probes.map((probe) => [line(probe.name), noticeText(probe, found)]),
        '  ',
      ),
    ),
    scheduleSection(found, paint),
    titled(paint(styles.bad, 'What would make it fail'), findingLines(validation?.problems)),
    titled(paint(styles.warn, 'Not checked'), notChecked(found)),
  ]);
}

function headline({ validation }: ValidatedExperiment, paint: Paint): string {
  if (validation !== undefined && validation.problems.length > 0) return paint(styles.bad, 'Would fail');
  // Of a file, and of nothing else, where something could not be looked at.
  return paint(styles.good, validation?.unchecked.length === 0 ? 'Ready' : 'Valid');
}

function strikesTitle({ stages, maxPercent, validation }: ValidatedExperiment): string {
  const inStages = stages.length > 1 ? `, in ${stages.length} stages` : '';
  if (validation === undefined) return `What it does${inStages}`;
  return `What it would strike now${inStages} (at most ${maxPercent} % of what it finds, but always one)`;
}

function stageLines({ stages, validation }: ValidatedExperiment): Section {
  const rows = stages.flatMap((steps, stage) =>
    steps.map(({ step, fault, kind, select, holdMs }, index) => {
      const seen = validation?.stages[stage]?.[index];
      const on = seen === undefined ? `on ${selectText(select)} of kind ${kind}` : foundText(seen, kind);
      const text = `${fault} ${on}, for ${tookText(holdMs)}`;
      return [...(stages.length > 1 ? [`${stage + 1}`] : []), line(step), text];
    }),
  );
  return columns(rows, '  ');
}

function foundText({ found, wanted }: StepTargets, kind: string): string {
  if (found === 0) return `on none, as no target of kind ${kind} was found`;
  return `on ${grouped(wanted)} of ${counted(found, 'target')} of kind ${kind} (${shareText(wanted / found)})`;
}

function noticeText(
  probe: ValidatedExperiment['probes'][number],
  { stages }: Pick<ValidatedExperiment, 'stages'>,
): string {
  const { tolerance, samples, notices, noticesNothing, everyMs } = probe;
  const allowed = `${toleranceText({ tolerance })} allowed`;
  const taken = `${stages.length > 1 ? 'in each stage ' : ''}${grouped(samples)} samples`;
  if (noticesNothing) return `${allowed}, ${taken}: too few to notice even an outage`;
  return notices === undefined
    ? `${allowed}, looked at every ${tookText(everyMs)}`
    : `${allowed}, ${taken}: from ${shareText(notices)} bad on`;
}

function scheduleSection({ schedule }: ValidatedExperiment, paint: Paint): Section {
  if (schedule === undefined) return [];
  const { next, timeZone, isListed } = schedule;
  const takesEffect = isListed
    ? 'The configuration lists the file in experiments.scheduled: npx cdk deploy applies it.'
    : 'It takes effect only if the configuration lists the file in experiments.scheduled, which it does not.';
  return [
    paint('bold', 'When it runs by itself'),
    ...next.map((moment) => `  ${bothZones(moment, timeZone)}`),
    `  ${takesEffect}`,
  ];
}

function notChecked({ validation, notLooked }: ValidatedExperiment): Section {
  if (validation !== undefined) return findingLines(validation.unchecked);
  return [
    `  Targets, permissions, probes and stop conditions, as nothing was looked at: ${line(notLooked ?? '')}`,
  ];
}

function findingLines(findings: readonly Finding[] = []): Section {
  return table(findings.map(({ about, text }) => [about, text]));
}
