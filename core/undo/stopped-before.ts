/** Nothing of a strike was begun, and nothing of it is to be. */
export class StoppedBefore extends Error {
  override readonly name = 'StoppedBefore';

  constructor() {
    super('it was stopped before it was injected');
  }
}
