import type { Deployment } from '../model/deployment.ts';
import { maxReason, maxText, oneLine } from '../util/format.ts';
import type { Action } from './actions.ts';
import { inZone } from './moment-text.ts';
import type { Section, Tone } from './section.ts';

/** News, before it is laid out for a terminal, e-mail, Slack or Teams. Every text is one line, free of control characters. */
export interface Digest {
  readonly headline: string;
  /** What a reader has to know before the rest: leashed and why, a gate closed, groups not found. */
  readonly notes: readonly Note[];
  readonly sections: readonly Section[];
  /** What to do now. */
  readonly actions: readonly Action[];
  /** Where all of it is, for a message that has no room for it. */
  readonly whole: string;
  /** The sums first, then what they are of. */
  readonly footer: readonly string[];
}
export interface Note {
  readonly text: string;
  readonly tone: Tone;
}

/** Who reads it: people whom the deployment sends a message, or somebody at a terminal, who knows where they are. */
export type Reader = Deployment | AtTerminal;
export interface AtTerminal {
  readonly timeZone: string;
  /** Those of the place, for our own commands. */
  readonly flags?: string;
}

/** With them a command does what it says whatever the configuration at hand says. */
export function placeFlags(reader: Reader): string {
  return 'account' in reader ? ` --region ${reader.region}` : (reader.flags ?? '');
}

/** Holds somebody's reason, and who they are. */
const maxNote = maxReason + maxText;

/** The digest with each text from outside cut to one line, and with its moments as clocks of the zone show them. */
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
