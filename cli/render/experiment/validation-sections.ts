import type { ProbeSample, Validation } from '#core/experiment/validation/validation.ts';
import { isShort, tookText, valueText } from '#core/experiment/wording/numbers.ts';
import type { Tone } from '#core/messages/section.ts';
import type { Paint } from '../../terminal/terminal.ts';
import { columns } from '../columns.ts';
import { line, type Section, styles, table, titled } from '../layout.ts';

/** Each group once, whatever the stages. */
export function sparedSection({ stages }: Validation, paint: Paint): Section {
  const reasons = new Map(
    stages.flat().flatMap(({ spared }) => spared.map(({ group, reason }) => [group, reason.text] as const)),
  );
  return titled(paint('bold', 'What it would spare'), table([...reasons]));
}

const tones: Readonly<Record<ProbeSample['is'], Tone>> = { good: 'good', bad: 'bad', unmeasured: 'warn' };

export function samplesSection({ samples }: Validation, paint: Paint): Section {
  return titled(
    paint('bold', 'What its probes see now'),
    columns(
      samples.map(({ name, is, what, isJudged, ...sample }) => [
        line(name),
        paint(styles[tones[is]], is),
        measuredText(sample),
        `${line(what)}${isJudged ? '' : ', observed only'}`,
      ]),
      '  ',
    ),
  );
}

/** How long the answer took, and what it was if that is another number. */
function measuredText({ value, unit, tookMs }: Pick<ProbeSample, 'value' | 'unit' | 'tookMs'>): string {
  const took = tookMs === undefined ? '' : `in ${tookText(tookMs)}`;
  if (value === undefined) return took;
  const text = valueText(value, unit);
  return isShort(unit) && unit !== '%' ? text : `${text} ${took}`.trim();
}

export function stopConditionsSection({ stopConditions }: Validation, paint: Paint): Section {
  return titled(
    paint('bold', 'What would stop it'),
    columns(
      stopConditions.map(({ name, state }) => [line(name), state]),
      '  ',
    ),
  );
}

/** Of what is not granted, or not known to be, there are findings. */
export function grantedSection(
  { stages, permissions, problems, unchecked }: Validation,
  paint: Paint,
): Section {
  const isAsked = stages.flat().some(({ groups }) => groups.length > 0);
  const found = [...problems, ...unchecked].some(({ about }) =>
    ['inject', 'undo', 'permissions'].includes(about),
  );
  if (!isAsked || found || permissions.length > 0) return [];
  return [
    paint('bold', 'What roles may do'),
    '  IAM grants them what it takes to inject and to undo. Policies of an organization may deny it all the same.',
  ];
}
