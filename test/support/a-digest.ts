import type { Digest } from '#core/messages/digest.ts';

/** Every text of a digest. */
export function textsOf({ headline, notes, sections, actions, footer }: Digest): readonly string[] {
  return [
    headline,
    ...notes.map(({ text }) => text),
    ...sections.flatMap(({ title, parts }) => [
      title,
      ...parts.flatMap(({ heading = '', entries, more = '' }) => [
        heading,
        ...entries.flatMap(({ name, text, details }) => [name, text, ...details]),
        more,
      ]),
    ]),
    ...actions.flatMap(({ title, commands }) => [title, ...commands]),
    ...footer,
  ];
}
