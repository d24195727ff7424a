import { shellWord } from '../util/shell-word.ts';

/**
 * A stop without a clone: one command of the aws CLI, for a POSIX shell, that writes to the ledger what `./chaos stop` writes, or
 * `./chaos experiment stop` for one experiment. It needs credentials of the master account. Unknown values are placeholders: REGION, TABLE.
 */
export function stopByAwsCli({
  region = 'REGION',
  table = 'TABLE',
  reason = 'stopped with the aws CLI',
  profile,
  experiment,
}: {
  readonly region?: string | undefined;
  readonly table?: string | undefined;
  readonly reason?: string | undefined;
  readonly profile?: string | undefined;
  /** The id of a run. Left out: everything is stopped. */
  readonly experiment?: string | undefined;
}): string {
  const place = experiment === undefined ? ['control', 'control'] : ['experiments', experiment];
  const [pk, sk] = place.map((text) => ({ S: text }));
  // None of the names is among DynamoDB's reserved words, so they need no placeholders. Source: Developer Guide, "Reserved words".
  return [
    'aws dynamodb update-item',
    ...(profile === undefined ? [] : [`--profile ${shellWord(profile)}`]),
    `--region ${shellWord(region)}`,
    `--table-name ${shellWord(table)}`,
    `--key ${shellWord(JSON.stringify({ pk, sk }))}`,
    `--update-expression 'SET stop = :stop, schemaVersion = if_not_exists(schemaVersion, :version)'`,
    // The first stop of an experiment stands.
    ...(experiment === undefined ? [] : [`--condition-expression '${isRunning}'`]),
    `--expression-attribute-values ${values(reason)}`,
  ].join(' ');
}

const isRunning = 'attribute_exists(pk) AND attribute_not_exists(ended) AND attribute_not_exists(stop)';

/** The shell fills in the time: it is not known when the command will be run. */
function values(reason: string): string {
  const stop = { reason: { S: reason }, by: { S: 'the aws CLI' }, at: { S: time } };
  return shellWord(JSON.stringify({ ':version': { N: '1' }, ':stop': { M: stop } })).replace(
    `"${time}"}}}}`,
    `"'"$(date -u +%FT%TZ)"'"}}}}`,
  );
}

const time = 'TIME';
