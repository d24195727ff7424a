import { actionLines } from './actions.ts';
import type { Digest } from './digest.ts';
import { fitMessages } from './fit-messages.ts';
import { type Limits, plainLines, titleText } from './section.ts';

/** Enough to see what is going on, and short enough to read on a phone. */
const limits = { strikes: 25, failures: 15 };

/** Most of what SNS accepts is reserved for machines. Counted as JSON, which is how it is sent. */
const maxBytes = 64 * 1024;

/**
 * A digest as plain text for any mail client: no columns, which a proportional font would break, and each command on its own
 * line for copying. The headline is the subject and is not repeated.
 */
export function emailBody(digest: (limits: Limits) => Digest): string {
  const [body = ''] = fitMessages(
    digest,
    limits,
    layOut,
    (text) => Buffer.byteLength(JSON.stringify(text)) <= maxBytes,
  );
  return body;
}

function layOut({ notes, sections, actions, footer }: Digest): string {
  const paragraphs = [
    notes.map(({ text }) => text),
    ...sections.map((section) => [titleText(section).toUpperCase(), ...plainLines(section)]),
    ...actions.map(actionLines),
    footer,
  ];
  return `${paragraphs
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}
