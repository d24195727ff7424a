const bytesInMb = 1_000_000;

/** An answer too large for Lambda, such as a plan with too many strikes. */
export class AnswerTooLarge extends Error {
  override readonly name = 'AnswerTooLarge';

  constructor(bytes: number, maxBytes: number) {
    super(
      `the answer has ${(bytes / bytesInMb).toFixed(1)} MB, the limit is ${maxBytes / bytesInMb} MB: request less, such as a plan of fewer days`,
    );
  }
}
