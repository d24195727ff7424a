import { createContext, Script } from 'node:vm';

const script = new Script('act()');
const box: { act?: () => void } = createContext({});

/** Something took longer than it may. */
export class TooLong extends Error {
  override readonly name = 'TooLong';
}

/**
 * What `act` does; throws `TooLong` after `ms`, and ever after. A file's regular expressions and queries meet bodies that anybody may
 * have written: one that backtracks would otherwise stop all of this process. Only `node:vm` interrupts code that does not wait, also
 * what is called from there. That takes half a millisecond, so whatever is cheap on any input does without.
 */
export function timeLimited<Input, Result>(
  ms: number,
  act: (input: Input) => Result,
): (input: Input) => Result {
  let tooLong: TooLong | undefined;
  return (input) => {
    if (tooLong !== undefined) throw tooLong;
    const results: Result[] = [];
    box.act = () => results.push(act(input));
    try {
      script.runInContext(box, { timeout: ms });
    } catch (error) {
      // Of another realm: no `Error` of ours.
      if (Object(error).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
      tooLong = new TooLong(`took longer than ${ms} ms`);
      throw tooLong;
    }
    return results[0] as Result;
  };
}
