import type { Action } from '#core/messages/actions.ts';
import type { Digest } from '#core/messages/digest.ts';
import { fitMessages } from '#core/messages/fit-messages.ts';
import { entryText, type Section, titleText } from '#core/messages/section.ts';
import type { Channel, Notification } from './shared/channel.ts';
import { toWebhook, WebhookConfig } from './shared/webhook.ts';

/**
 * The limit of Teams is 28 KB, which leaves a little for its envelope. Source: "Create incoming webhooks", Microsoft Teams
 * documentation.
 */
const maxBytes = 27 * 1024;

/** What is readable in a chat. */
const limits = { strikes: 20, failures: 10 };

interface TextRun {
  readonly type: 'TextRun';
  readonly text: string;
  readonly weight?: 'Bolder';
  readonly size?: 'Large' | 'Small';
  readonly fontType?: 'Monospace';
  readonly isSubtle?: true;
}
/** Not a TextBlock, which interprets Markdown: names and errors come from outside. */
interface RichTextBlock {
  readonly type: 'RichTextBlock';
  readonly inlines: readonly TextRun[];
  readonly spacing: 'None' | 'Small' | 'Medium';
}

/** The body for a "When a Teams webhook request is received" workflow. */
export interface TeamsMessage {
  readonly type: 'message';
  readonly attachments: readonly [
    {
      readonly contentType: 'application/vnd.microsoft.card.adaptive';
      readonly content: {
        readonly $schema: 'http://adaptivecards.io/schemas/adaptive-card.json';
        readonly type: 'AdaptiveCard';
        readonly version: '1.4';
        readonly msteams: { readonly width: 'Full' };
        readonly body: readonly RichTextBlock[];
      };
    },
  ];
}

/** A notification as an Adaptive Card for a Microsoft Teams workflow, in ever shorter versions. */
export function teamsMessage({ digest }: Notification): Iterable<TeamsMessage> {
  return fitMessages(
    digest,
    limits,
    layOut,
    (message) => Buffer.byteLength(JSON.stringify(message)) <= maxBytes,
  );
}

function layOut({ headline, notes, sections, actions, footer }: Digest): TeamsMessage {
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          msteams: { width: 'Full' },
          body: [
            line(headline, { spacing: 'None', weight: 'Bolder', size: 'Large' }),
            ...notes.map(({ text }) => line(text, { spacing: 'Small' })),
            ...sections.flatMap(sectionBlocks),
            ...actions.flatMap(actionBlocks),
            ...footer.map((text, index) =>
              line(text, { spacing: index === 0 ? 'Medium' : 'None', size: 'Small', isSubtle: true }),
            ),
          ],
        },
      },
    ],
  };
}

function sectionBlocks(section: Section): readonly RichTextBlock[] {
  return [
    line(titleText(section), { spacing: 'Medium', weight: 'Bolder' }),
    ...section.parts.flatMap(({ heading, entries, more }) => [
      ...(heading === undefined ? [] : [line(heading, { spacing: 'Small', weight: 'Bolder' })]),
      ...entries.flatMap((entry) => [
        line(entryText(entry), { spacing: 'Small' }),
        ...entry.details.map((detail) => line(detail, { spacing: 'None', isSubtle: true })),
      ]),
      ...(more === undefined ? [] : [line(more, { spacing: 'Small', isSubtle: true })]),
    ]),
  ];
}

function actionBlocks({ title, commands }: Action): readonly RichTextBlock[] {
  return [
    line(title, { spacing: 'Medium', weight: 'Bolder' }),
    ...commands.map((command) => line(command, { spacing: 'None', fontType: 'Monospace' })),
  ];
}

function line(
  text: string,
  { spacing, ...style }: Pick<RichTextBlock, 'spacing'> & Omit<TextRun, 'type' | 'text'>,
): RichTextBlock {
  return { type: 'RichTextBlock', spacing, inlines: [{ type: 'TextRun', text, ...style }] };
}

export const teams = {
  title: 'Teams',
  config: WebhookConfig.describe(
    'A Microsoft Teams channel, told by a workflow with the trigger "When a Teams webhook request is received".',
  ),
  messages: teamsMessage,
  request: toWebhook,
} satisfies Channel;
