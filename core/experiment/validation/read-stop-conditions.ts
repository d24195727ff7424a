import pMap from 'p-map';
import type { Experiment } from '../../model/experiment.ts';
import { codeOf, messageOf } from '../../util/error-text.ts';
import type { Finding, Findings, Validation, ValidationParts } from './validation.ts';

const readAtOnce = 8;

/** The alarms that would abort it, each by itself: one that cannot be read must not hide that another is missing. */
export async function readStopConditions(
  { stopConditions }: Experiment,
  { alarms, isGuest }: ValidationParts,
): Promise<Findings & Pick<Validation, 'stopConditions'>> {
  const read = await pMap(
    stopConditions,
    async ({ name, arn }) => {
      const about = `stop condition ${name}`;
      try {
        const [state = 'MISSING'] = await alarms.alarms([arn]);
        return { state: { name, state }, finding: { about, text: mistakeOf(state, arn) } };
      } catch (error) {
        const text = `it could not be read: ${codeOf(error)}: ${messageOf(error)}`;
        return { isUnread: codeOf(error) !== 'NotConfigured', finding: { about, text } };
      }
    },
    { concurrency: readAtOnce },
  );
  const findings = read.flatMap(({ isUnread = false, finding: { about, text } }) =>
    text === undefined ? [] : [{ isUnchecked: isUnread && isGuest, about, text }],
  );
  const only = (unchecked: boolean): readonly Finding[] =>
    findings.flatMap(({ isUnchecked, ...finding }) => (isUnchecked === unchecked ? [finding] : []));
  return {
    stopConditions: read.flatMap(({ state }) => state ?? []),
    problems: only(false),
    unchecked: only(true),
  };
}

function mistakeOf(state: Validation['stopConditions'][number]['state'], arn: string): string | undefined {
  if (state === 'MISSING') return `there is no alarm ${arn}`;
  return state === 'ALARM' ? 'it fires, and would abort at once' : undefined;
}
