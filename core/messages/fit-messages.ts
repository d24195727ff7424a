import type { Digest } from './digest.ts';
import type { Limits } from './section.ts';

/** Shares of the most entries that are shown. Counts always stay. */
const shares = [1, 0.75, 0.5, 0.25, 0.1, 0.05, 0];

/**
 * Ever shorter versions of a message, for a service that limits its length or rejects it: every version that fits, the fullest
 * first. The last one has no entries and no notes, and is too short to need measuring.
 */
export function* fitMessages<Message>(
  digest: (limits: Limits) => Digest,
  fullest: Limits,
  layOut: (digest: Digest) => Message,
  fits: (message: Message) => boolean,
): Generator<Message, void> {
  for (const share of shares) {
    const message = layOut(
      digest({
        ...fullest,
        strikes: Math.floor(fullest.strikes * share),
        failures: Math.ceil(fullest.failures * share),
      }),
    );
    if (fits(message)) yield message;
  }
  yield layOut(brief(digest({ strikes: 0, failures: 0 })));
}

/** The essentials: what it was, where the full text is, and how to stop it. */
function brief(digest: Digest): Digest {
  return {
    ...digest,
    notes: [{ text: `This message was shortened to fit. ${digest.whole}`, tone: 'warn' }],
    sections: [],
  };
}
