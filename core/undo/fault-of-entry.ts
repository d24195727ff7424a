import type { FaultRegistry, LastingFault } from '../model/fault.ts';
import type { UndoEntry } from '../model/undo-entry.ts';
import { InvalidInput, parse } from '../util/parse.ts';

/** An entry that this version cannot undo: its fault, or the version of that, is another one's. */
export class UnknownUndo extends Error {
  override readonly name = 'UnknownUndo';
}

/** The fault of an entry, with what was saved as the fault knows it. Throws `UnknownUndo`. */
export function faultOfEntry(
  { fault: { name }, faultVersion, saved }: UndoEntry,
  faults: FaultRegistry,
): { readonly fault: LastingFault; readonly saved: unknown } {
  const fault = faults.get(name);
  if (fault?.lasts !== true) throw new UnknownUndo(`this version has no lasting fault ${name}`);
  if (fault.version !== faultVersion) {
    const versions = `version ${faultVersion} of ${name}, and this is version ${fault.version}`;
    throw new UnknownUndo(`it was injected by ${versions}`);
  }
  try {
    return { fault, saved: parse(fault.saved, saved, 'saved') };
  } catch (error) {
    if (error instanceof InvalidInput)
      throw new UnknownUndo(`what it saved cannot be read: ${error.message}`);
    throw error;
  }
}
