import type { Action } from './actions.ts';
import type { Digest } from './digest.ts';
import type { Limits, Section } from './section.ts';

/** Enough to see what is going on, few enough to be read on a phone. */
const limits = { strikes: 25, failures: 15 };

/**
 * A digest as plain text for any mail client: no columns, which a proportional font would break, and commands on lines of
 * their own, so that they can be copied. The headline is the subject and not repeated.
 */
export function emailBody(digest: (limits: Limits) => Digest): string {
  const { notes, sections, actions, footer } = digest(limits);
  const paragraphs = [notes, ...sections.map(sectionLines), ...actions.map(actionLines), footer];
  return `${paragraphs
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function sectionLines({ title, entries, more }: Section): readonly string[] {
  return [
    title.toUpperCase(),
    ...entries.flatMap(({ what, where }) => [`- ${what}`, ...(where === undefined ? [] : [`  ${where}`])]),
    ...(more === undefined ? [] : [`- ${more}`]),
  ];
}

function actionLines({ title, commands }: Action): readonly string[] {
  return [`${title}:`, ...commands.map((command) => `  ${command}`)];
}
