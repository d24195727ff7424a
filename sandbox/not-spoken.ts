/** Something that AWS would understand and the sandbox does not. It says so instead of answering wrongly. */
export class NotSpoken extends Error {
  override readonly name = 'NotSpoken';

  constructor(what: string) {
    super(`the sandbox does not speak ${what}`);
  }
}
