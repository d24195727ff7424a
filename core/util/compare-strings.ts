/** For sorting, by code units: independent of the machine's locale. */
export function compareStrings(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
