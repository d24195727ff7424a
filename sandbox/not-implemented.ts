/** Something that AWS would accept but the sandbox does not. It is refused by name, as an answer would be a guess. */
export class NotImplemented extends Error {
  override readonly name = 'NotImplemented';

  constructor(what: string) {
    super(`the sandbox does not implement ${what}`);
  }
}
