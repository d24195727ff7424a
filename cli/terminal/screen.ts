/** The properties of a stream that may be a screen. */
export interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

/** Text is unreadable in fewer columns. Some pseudo-terminals report 0. */
const fewestColumns = 20;

/** Columns of a screen, which may change while a command runs. */
export function widthOf({ isTTY, columns = 0 }: Screen): number | undefined {
  return isTTY === true && columns >= fewestColumns ? columns : undefined;
}
