/** The commands about the policy of a resource: `put` is followed by a file. */
interface PolicyCommands {
  readonly get: string;
  readonly put: string;
  readonly remove: string;
}

/** Takes a strike's statement out of a policy that may have others by now. */
export function statementByHand(
  sid: string,
  wasAbsent: boolean,
  { get, put, remove }: PolicyCommands,
): readonly string[] {
  const file = `${sid}.json`;
  const without = `.Statement |= ([.] | flatten | map(select(.Sid != "${sid}")))`;
  return wasAbsent
    ? [`${remove} # if ${sid} is its only statement`]
    : [`${get} | jq '${without}' > ${file}`, `${put} file://${file}`];
}
