import type { LedgerCheck } from '#aws/ledger/check/check-ledger.ts';
import type { LedgerKey, LedgerProblem, Mend } from '#aws/ledger/check/problem.ts';
import { counted, grouped, maxText, oneLine } from '#core/util/format.ts';
import { shellWord } from '#core/util/shell-word.ts';
import type { Paint } from '../terminal/terminal.ts';

/** What `ledger check --json` prints. */
export interface CheckedLedger extends LedgerCheck {
  readonly region: string;
  readonly table: string;
}

/** `flags` are those of the place, for our own commands. */
export function ledgerCheckText(checked: CheckedLedger, paint: Paint, flags: string): string {
  const { problems, items, unknown, table, region } = checked;
  const where = `${counted(items, 'item')} of table ${table} in ${region}`;
  return [
    problems.length === 0
      ? wellText(checked, where, paint)
      : `${paint(['bold', 'red'], counted(problems.length, 'problem'))} in ${where}. Nothing was changed.`,
    ...(unknown === 0
      ? []
      : [`${grouped(unknown)} of them of a kind that this version does not know: passed over.`]),
    ...problems.flatMap((problem) => ['', ...problemText(problem, checked, paint, flags)]),
    ...(problems.length === 0 ? [] : ['', `Then check again: ./chaos ledger check${flags}`]),
  ].join('\n');
}

/** Nothing wrong is found either where there is nothing, as in a table that is another's. */
function wellText({ items, unknown, table, region }: CheckedLedger, where: string, paint: Paint): string {
  if (items > unknown) return `${paint('green', 'All well:')} ${where} can be read and fit together.`;
  return `${paint('yellow', 'Nothing was checked:')} table ${table} in ${region} holds no item of a ledger. Either no run has been made yet, or it is another table.`;
}

function problemText(one: LedgerProblem, at: CheckedLedger, paint: Paint, flags: string): readonly string[] {
  const { problem, key, why, group } = one;
  const { title, means, first, mends } = words[problem];
  const mine = ownCommands(one, flags);
  return [
    `${paint('bold', title)}${group === undefined ? '' : ` of ${oneLine(group, maxText)}`}`,
    `  pk=${oneLine(key.pk, maxText)} sk=${oneLine(key.sk, maxText)}`,
    `  ${oneLine(why, maxText)}`,
    `  ${means}`,
    ...(first === undefined ? [] : [`  ${first}`]),
    '  To look at it:',
    `    ${lookCommand(problem, key, at)}`,
    `  ${mends}`,
    ...[...mine, ...one.mend.map((mend) => mendCommand(mend, key, at))].map((command) => `    ${command}`),
    ...(one.mend.some((mend) => 'together' in mend || 'count' in mend)
      ? ['  It is refused, and does nothing, where that has changed since: check again then.']
      : []),
    ...(one.lost === undefined || one.lost.length === 0
      ? []
      : [
          `  Its ${one.lost.join(' and ')} cannot be read, so it is leashed in place of that. To lift it, once it may be struck:`,
          `    ./chaos leash ${shellWord(group ?? '')} --off${flags}`,
        ]),
  ];
}

interface Words {
  readonly title: string;
  /** What it holds up. */
  readonly means: string;
  /** What is to be seen to before. */
  readonly first?: string;
  /** What the commands do. */
  readonly mends: string;
}

const words: Readonly<Record<LedgerProblem['problem'], Words>> = {
  secret: {
    title: "Unreadable: the draw's secret",
    means: 'No run goes on: every draw hangs on it.',
    first:
      'From a new one other draws follow: plans told before are void, and a group may be drawn again today.',
    mends: 'To have the next run make a new one:',
  },
  stop: {
    title: 'Unreadable: the stop',
    means: 'It counts as a stop: no run strikes.',
    mends: 'To lift it, or to set it anew:',
  },
  record: {
    title: 'Unreadable: the record',
    means: 'Its group is spared. Others are not held up.',
    mends: "To keep what can be read, with the latest strike that it or the group's strikes tell of:",
  },
  strike: {
    title: 'Unreadable: a strike',
    means:
      'While it is open its group is spared, nobody sees whether it recovers, and its budgets stay taken.',
    first:
      'First see that the group is well (./chaos explain GROUP), and that the slot is over: it would be free again.',
    mends: 'To take it off the record; counters that are too high then are named by the next check:',
  },
  pointer: {
    title: 'Unreadable: a pointer to an open strike',
    means: 'It holds nothing up. A strike that has lost its pointer is named by itself.',
    mends: 'To delete it:',
  },
  counter: {
    title: 'Unreadable: a counter of a budget',
    means: 'No strike is made that it would count.',
    first: 'Mend strikes that cannot be read first, and check again: they may count.',
    mends: 'To set it to what the strikes on record say:',
  },
  run: {
    title: 'Unreadable: a report',
    means: 'It holds nothing up. ./chaos status leaves it out; the log has the run.',
    mends: 'To delete it:',
  },
  held: {
    title: 'Unreadable: an entry in the list of held groups',
    means: 'Listings lack its words. What holds is in the record of the group.',
    mends: 'To delete it; if the group is held, the next check says how to list it again:',
  },
  miscounted: {
    title: 'A counter of a budget that is wrong',
    means: 'Too high, strikes are spared that there is room for; too low, there may be more than the budget.',
    mends: 'To set it right, while no run is under way:',
  },
  'dangling-pointer': {
    title: 'A pointer to nothing',
    means: 'It costs each run a read, and holds nothing up.',
    mends: 'To delete it:',
  },
  'lost-strike': {
    title: 'An open strike that nothing points to',
    means: 'Nobody sees whether its group recovers, and its budgets stay taken.',
    mends: 'To have it looked after:',
  },
  'not-held': {
    title: 'A leftover entry in the list of held groups',
    means: 'It is struck all the same; only listings say that it is left alone.',
    mends: 'To take it off the list:',
  },
  'listed-otherwise': {
    title: 'A stale entry in the list of held groups',
    means: 'It is left alone all the same; only listings show what no longer stands.',
    mends: 'To list it as it stands:',
  },
  'not-listed': {
    title: 'A held group that is not listed',
    means: 'It is left alone all the same; only listings do not show it.',
    mends: 'To list it:',
  },
};

/** What our own commands do better than writes by hand. */
function ownCommands({ problem }: LedgerProblem, flags: string): readonly string[] {
  if (problem === 'stop') return [`./chaos resume${flags}`, `./chaos stop --reason "..."${flags}`];
  return [];
}

/** The secret is for nobody's eyes. */
function lookCommand(problem: LedgerProblem['problem'], key: LedgerKey, at: CheckedLedger): string {
  const isControl = problem === 'secret' || problem === 'stop';
  const stopAlone = isControl
    ? ` --projection-expression '#stop' --expression-attribute-names '{"#stop":"stop"}'`
    : '';
  return `${awsCommand('get-item', at)} --consistent-read --key ${keyText(key)}${stopAlone}`;
}

function mendCommand(mend: Mend, own: LedgerKey, at: CheckedLedger): string {
  if ('put' in mend) return `${awsCommand('put-item', at)} --item ${json(mend.put)}`;
  if ('delete' in mend) return `${awsCommand('delete-item', at)} --key ${keyText(mend.delete)}`;
  if ('together' in mend) {
    return `aws dynamodb transact-write-items --region ${at.region} --transact-items ${json(mend.together)}`;
  }
  const update = `${awsCommand('update-item', at)} --key ${keyText(own)}`;
  if ('remove' in mend) {
    const names = json({ '#name': mend.remove });
    return `${update} --update-expression 'REMOVE #name' --expression-attribute-names ${names}`;
  }
  const names = json({ '#count': 'count' });
  const values = json({ ':count': { N: String(mend.count) }, ...(mend.seen && { ':seen': mend.seen }) });
  const condition = mend.seen === undefined ? 'attribute_not_exists(#count)' : '#count = :seen';
  return `${update} --condition-expression '${condition}' --update-expression 'SET #count = :count' --expression-attribute-names ${names} --expression-attribute-values ${values}`;
}

function awsCommand(action: string, { region, table }: CheckedLedger): string {
  return `aws dynamodb ${action} --region ${region} --table-name ${shellWord(table)}`;
}

function keyText({ pk, sk }: LedgerKey): string {
  return json({ pk: { S: pk }, sk: { S: sk } });
}

function json(value: object): string {
  return shellWord(JSON.stringify(value, (_, one) => (one instanceof Uint8Array ? base64(one) : one)));
}

/** As version 2 of the aws CLI takes what is binary. */
function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
