const bytesInMb = 1_000_000;

/** An answer that Lambda cannot give: of a plan that has too many strikes in it. */
export class AnswerTooLarge extends Error {
  override readonly name = 'AnswerTooLarge';

  constructor(bytes: number, maxBytes: number) {
    super(
      `the answer has ${(bytes / bytesInMb).toFixed(1)} MB, and at most ${maxBytes / bytesInMb} MB can be given here: ask for less, such as a plan of fewer days`,
    );
  }
}
