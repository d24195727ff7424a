import type { Digest } from './digest.ts';
import type { Limits } from './section.ts';

/** Of the entries that are shown at best: the counts always stay. */
const shares = [1, 0.75, 0.5, 0.25, 0.1, 0.05, 0];

/**
 * The same news in ever fewer words, for a service that takes only so much, or refuses what it was sent: every message that
 * fits, the fullest first. The last one has no entries and no notes, and is so short that it need not be measured.
 */
export function* fittingMessages<Message>(
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

/** What nobody may miss: what it was, where all of it is, and how to stop it. */
function brief(digest: Digest): Digest {
  return {
    ...digest,
    notes: [{ text: `This message was shortened to fit. ${digest.whole}`, tone: 'warn' }],
    sections: [],
  };
}
