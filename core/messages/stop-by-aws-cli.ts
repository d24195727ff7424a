import { shellWord } from '../util/shell-word.ts';

/**
 * A stop without a clone: one command of the aws CLI, for a POSIX shell, that writes to the ledger what `./chaos stop` writes.
 * It needs credentials of the master account. Unknown values are placeholders: REGION, TABLE.
 */
export function stopByAwsCli({
  region = 'REGION',
  table = 'TABLE',
  reason = 'stopped with the aws CLI',
  profile,
}: {
  readonly region?: string | undefined;
  readonly table?: string | undefined;
  readonly reason?: string | undefined;
  readonly profile?: string | undefined;
}): string {
  // None of the names is among DynamoDB's reserved words, so they need no placeholders. Source: Developer Guide, "Reserved words".
  return [
    ...updateItem({ region, table, profile }),
    `--key ${shellWord(JSON.stringify({ pk: { S: 'control' }, sk: { S: 'control' } }))}`,
    `--update-expression 'SET stop = :stop, schemaVersion = if_not_exists(schemaVersion, :version)'`,
    `--expression-attribute-values ${values(reason, { ':version': { N: '1' } })}`,
  ].join(' ');
}

/**
 * The same for one experiment: what `./chaos experiment stop` writes. It is refused for one that is over, or not on record. Whoever runs
 * it undoes its faults within seconds; the janitor, should nobody do so.
 */
export function stopExperimentByAwsCli({
  region = 'REGION',
  table = 'TABLE',
  id = 'ID',
  reason = 'stopped with the aws CLI',
  profile,
}: Parameters<typeof stopByAwsCli>[0] & { readonly id?: string | undefined }): string {
  return [
    ...updateItem({ region, table, profile }),
    `--key ${shellWord(JSON.stringify({ pk: { S: 'experiments' }, sk: { S: id } }))}`,
    `--condition-expression 'attribute_exists(pk) AND attribute_not_exists(ended)'`,
    `--update-expression 'SET stop = if_not_exists(stop, :stop)'`,
    `--expression-attribute-values ${values(reason, {})}`,
  ].join(' ');
}

function updateItem({
  region,
  table,
  profile,
}: {
  readonly region: string;
  readonly table: string;
  readonly profile: string | undefined;
}): readonly string[] {
  return [
    'aws dynamodb update-item',
    ...(profile === undefined ? [] : [`--profile ${shellWord(profile)}`]),
    `--region ${shellWord(region)}`,
    `--table-name ${shellWord(table)}`,
  ];
}

/** The shell fills in the time: it is not known when the command will be run. */
function values(reason: string, others: object): string {
  const stop = { reason: { S: reason }, by: { S: 'the aws CLI' }, at: { S: time } };
  return shellWord(JSON.stringify({ ...others, ':stop': { M: stop } })).replace(
    `"${time}"}}}}`,
    `"'"$(date -u +%FT%TZ)"'"}}}}`,
  );
}

const time = 'TIME';
