import { createContext, Script } from 'node:vm';

const script = new Script('act()');
const box: { act?: () => unknown } = createContext({});

/** Something took longer than it may. */
export class TooLong extends Error {
  override readonly name = 'TooLong';
}

/**
 * What `act` returns; throws `TooLong` after `ms`. A file's regular expressions and queries meet bodies that anybody may have written:
 * one that backtracks would otherwise stop all of this process. Only `node:vm` interrupts code that does not wait, and not only its own.
 * Takes half a millisecond, so whatever is cheap on any input does without.
 */
export function timeLimited<Result>(ms: number, act: () => Result): Result {
  let result: Result | undefined;
  box.act = () => {
    result = act();
  };
  try {
    script.runInContext(box, { timeout: ms });
  } catch (error) {
    // Of another realm: no `Error` of ours.
    const { code } = Object(error);
    throw code === 'ERR_SCRIPT_EXECUTION_TIMEOUT' ? new TooLong(`took longer than ${ms} ms`) : error;
  } finally {
    delete box.act;
  }
  return result as Result;
}
