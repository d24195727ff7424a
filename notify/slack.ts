import type { Action } from '#core/messages/actions.ts';
import type { Digest } from '#core/messages/digest.ts';
import { fitMessages } from '#core/messages/fit-messages.ts';
import { plainLines, type Section, titleText } from '#core/messages/section.ts';
import type { Channel, Notification } from './shared/channel.ts';
import { toWebhook, WebhookConfig } from './shared/webhook.ts';

/** Limits of Block Kit. Source: Slack's reference of blocks and of the text object. */
const maxBlocks = 50;
const maxText = 3000;
const maxHeader = 150;
const maxContextElements = 10;
/**
 * For all texts in a message together. Undocumented: Slack rejects about 13,200 and more. Source: slackapi/bolt-js issue 2509.
 */
const maxTotal = 12_000;

/** What is readable in a chat. */
const limits = { strikes: 20, failures: 10 };

interface Mrkdwn {
  readonly type: 'mrkdwn';
  readonly text: string;
  /** Plain text without links or mentions. */
  readonly verbatim: true;
}
type Block =
  | { readonly type: 'header'; readonly text: { readonly type: 'plain_text'; readonly text: string } }
  | { readonly type: 'section'; readonly text: Mrkdwn }
  | { readonly type: 'context'; readonly elements: readonly Mrkdwn[] };

export interface SlackMessage {
  /** What notifications and screen readers show. */
  readonly text: string;
  readonly blocks: readonly Block[];
}

/** A notification for a Slack incoming webhook, in ever shorter versions. */
export function slackMessage({ digest }: Notification): Iterable<SlackMessage> {
  return fitMessages(digest, limits, layOut, fits);
}

function fits({ blocks }: SlackMessage): boolean {
  const texts = blocks.flatMap((block) =>
    block.type === 'context' ? block.elements.map(({ text }) => text) : block.text.text,
  );
  const total = texts.reduce((sum, { length }) => sum + length, 0);
  return blocks.length <= maxBlocks && total <= maxTotal;
}

function layOut({ headline, notes, sections, actions, footer }: Digest): SlackMessage {
  return {
    text: escaped(headline, maxText),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: escaped(headline, maxHeader) } },
      ...preformatted(
        '',
        notes.map((note) => note.text),
      ),
      ...sections.flatMap((section: Section) => preformatted(titleText(section), plainLines(section))),
      ...actions.flatMap(({ title, commands }: Action) => preformatted(title, commands)),
      { type: 'context', elements: footer.slice(0, maxContextElements).map((line) => mrkdwn(code(line))) },
    ],
  };
}

/**
 * Lines in as many preformatted sections as needed, with the title above the first. Names and errors come from outside; inside
 * backticks, only a backtick is formatting.
 */
function preformatted(title: string, lines: readonly string[]): readonly Block[] {
  const heading = title === '' ? '' : `*${title}*\n`;
  const fence = '```';
  const room = maxText - heading.length - 2 * fence.length;
  const chunks: string[] = [];
  for (const line of lines) {
    const text = escaped(line, room);
    const last = chunks.at(-1);
    if (last !== undefined && last.length + 1 + text.length <= room) chunks.splice(-1, 1, `${last}\n${text}`);
    else chunks.push(text);
  }
  return chunks.map((chunk, index) => ({
    type: 'section',
    text: mrkdwn(`${index === 0 ? heading : ''}${fence}${chunk}${fence}`),
  }));
}

function code(line: string): string {
  return `\`${escaped(line, maxText - 2)}\``;
}

function mrkdwn(text: string): Mrkdwn {
  return { type: 'mrkdwn', text, verbatim: true };
}

/**
 * Escapes Slack's three control characters, replaces backticks, and truncates to `maxLength` between characters. A backtick
 * becomes a lookalike: a plain quote could end the quotes around a name in a command that people paste into a shell.
 */
function escaped(text: string, maxLength: number): string {
  const control: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '`': '\u02cb' };
  let result = '';
  for (const character of text) {
    const next = control[character] ?? character;
    if (result.length + next.length > maxLength) break;
    result += next;
  }
  return result;
}

export const slack = {
  title: 'Slack',
  config: WebhookConfig.describe('A Slack channel, through an incoming webhook of a Slack app.'),
  messages: slackMessage,
  request: toWebhook,
} satisfies Channel;
