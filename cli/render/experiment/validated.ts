import type { ExperimentWarning } from '#core/experiment/file/read-experiment.ts';
import { shareText, tookText } from '#core/experiment/wording/numbers.ts';
import { toleranceText } from '#core/experiment/wording/probe-words.ts';
import type { JudgedProbe, Select } from '#core/model/experiment.ts';
import { counted, grouped } from '#core/util/format.ts';
import type { Paint } from '../../terminal/terminal.ts';
import { columns } from '../columns.ts';
import { line, paragraphs, titled } from '../layout.ts';

/** What `validate` found in a file. */
export interface ValidatedExperiment {
  readonly file: string;
  readonly title: string;
  readonly fileHash: string;
  readonly warnings: readonly ExperimentWarning[];
  readonly probes: readonly (Pick<JudgedProbe, 'name' | 'tolerance' | 'everyMs'> & {
    /** Under the faults of all stages. */
    readonly samples: number;
    /** Absent of states, and where not even an outage would be noticed. */
    readonly notices?: number;
  })[];
  readonly steps: readonly {
    readonly name: string;
    readonly fault: string;
    readonly kind: string;
    readonly select: Select;
    readonly holdMs: number;
  }[];
  readonly stages: number;
}

export function validatedText(found: ValidatedExperiment, paint: Paint): string {
  const { file, title, steps, stages, probes } = found;
  return paragraphs([
    [`${paint(['bold', 'green'], 'Valid')}  ${line(file)}: ${line(title)}`],
    titled(
      paint('bold', `What it does${stages > 1 ? `, in ${stages} stages` : ''}`),
      columns(
        steps.map(({ name, fault, kind, select, holdMs }) => [
          line(name),
          `${fault} on ${selectText(select)} of kind ${kind}, for ${tookText(holdMs)}`,
        ]),
        '  ',
      ),
    ),
    titled(
      paint('bold', 'What it would notice'),
      columns(
        probes.map((probe) => [line(probe.name), noticeText(probe)]),
        '  ',
      ),
    ),
  ]);
}

function selectText(select: Select): string {
  if (select === 'all') return 'all targets';
  return 'count' in select ? counted(select.count, 'target') : `${select.percent} % of the targets`;
}

function noticeText({ tolerance, samples, notices, everyMs }: ValidatedExperiment['probes'][number]): string {
  const allowed = `${toleranceText({ tolerance })} allowed`;
  if ('badForMs' in tolerance) return `${allowed}, looked at every ${tookText(everyMs)}`;
  const taken = `${grouped(samples)} samples`;
  return notices === undefined
    ? `${allowed}, ${taken}: too few to notice even an outage`
    : `${allowed}, ${taken}: from ${shareText(notices)} bad on`;
}
