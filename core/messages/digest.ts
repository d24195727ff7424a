import type { Deployment } from '../model/deployment.ts';
import { maxReason, maxText, oneLine } from '../util/format.ts';
import type { Action } from './actions.ts';
import { inZone } from './moment-text.ts';
import type { Section, Tone } from './section.ts';

/** News, before it is laid out for a terminal, e-mail, Slack or Teams. Every text is one line, free of control characters. */
export interface Digest {
  readonly headline: string;
  /** What a reader must know first: leashed and why, a closed gate, groups not found. */
  readonly notes: readonly Note[];
  readonly sections: readonly Section[];
  /** What to do now. */
  readonly actions: readonly Action[];
  /** Where the full text is, for a message without room for it. */
  readonly whole: string;
  /** Totals first, then what they cover. */
  readonly footer: readonly string[];
}
export interface Note {
  readonly text: string;
  readonly tone: Tone;
}

/** The reader: recipients of a deployment's message, or somebody at a terminal, who knows which deployment it is. */
export type Reader = Deployment | AtTerminal;
export interface AtTerminal {
  readonly timeZone: string;
  /** Flags that select the deployment, for our own commands. */
  readonly flags?: string;
}

/** Flags that make a command independent of any local configuration. */
export function placeFlags(reader: Reader): string {
  return 'account' in reader ? ` --region ${reader.region}` : (reader.flags ?? '');
}

/** Room for somebody's reason and their name. */
const maxNote = maxReason + maxText;

/** The digest with each text from outside cut to one line, and with moments in local time. */
export function readable(digest: Digest, timeZone: string): Digest {
  const told = (text: string, max = maxText) => inZone(oneLine(text, max), timeZone);
  return {
    ...digest,
    notes: digest.notes.map(({ text, tone }) => ({ text: told(text, maxNote), tone })),
    sections: digest.sections
      .filter(({ count }) => count > 0)
      .map((section) => ({
        ...section,
        parts: section.parts.map(({ heading, entries, more }) => ({
          ...(heading !== undefined && { heading: told(heading) }),
          entries: entries.map(({ name, text, details }) => ({
            name: told(name),
            text: told(text) || (told(name) === '' ? '(no message)' : ''),
            details: details.map((detail) => told(detail)).filter((detail) => detail !== ''),
          })),
          ...(more !== undefined && { more: told(more) }),
        })),
      })),
    footer: digest.footer.map((line) => told(line)),
  };
}
