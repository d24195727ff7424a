import { actionLines } from './actions.ts';
import type { Digest } from './digest.ts';
import { fittingMessages } from './fit-digest.ts';
import { type Limits, plainLines, titleText } from './section.ts';

/** Enough to see what is going on, few enough to be read on a phone. */
const limits = { strikes: 25, failures: 15 };

/** Of what SNS takes in all, most is for machines. Counted as JSON, inside of which it is sent. */
const maxBytes = 64 * 1024;

/**
 * A digest as plain text for any mail client: no columns, which a proportional font would break, and commands on lines of
 * their own, so that they can be copied. The headline is the subject and not repeated.
 */
export function emailBody(digest: (limits: Limits) => Digest): string {
  const [body = ''] = fittingMessages(
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
