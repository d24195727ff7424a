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

/** `flags` are the options that locate the deployment, for suggested commands. */
export function ledgerCheckText(checked: CheckedLedger, paint: Paint, flags: string): string {
  const { problems, items, unknown, table, region } = checked;
  const where = `${counted(items, 'item')} of table ${table} in ${region}`;
  return [
    problems.length === 0
      ? wellText(checked, where, paint)
      : `${paint(['bold', 'red'], counted(problems.length, 'problem'))} in ${where}. Nothing was changed.`,
    ...(unknown === 0
      ? []
      : [`${grouped(unknown)} of them are of a kind unknown to this version and were skipped.`]),
    ...problems.flatMap((problem) => ['', ...problemText(problem, checked, paint, flags)]),
    ...(problems.length === 0 ? [] : ['', `Then check again: ./chaos ledger check${flags}`]),
  ].join('\n');
}

/** A table without ledger items, such as somebody else's, has no problems either. */
function wellText({ items, unknown, table, region }: CheckedLedger, where: string, paint: Paint): string {
  if (items > unknown) return `${paint('green', 'No problems:')} ${where} are readable and consistent.`;
  return `${paint('yellow', 'Nothing was checked:')} table ${table} in ${region} contains no ledger items. Either there has been no run yet, or it is the wrong table.`;
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
    ...(one.byHand === undefined || one.byHand.length === 0
      ? []
      : ['  To undo its fault:', ...one.byHand.map((command) => `    ${oneLine(command, maxCommand)}`)]),
    '  To inspect it:',
    `    ${lookCommand(problem, key, at)}`,
    `  ${mends}`,
    ...[...mine, ...one.mend.map((mend) => mendCommand(mend, key, at))].map((command) => `    ${command}`),
    ...(one.mend.some((mend) => 'together' in mend || 'count' in mend)
      ? ['  The command fails and changes nothing if the item has changed since. Then check again.']
      : []),
    ...(one.lost === undefined || one.lost.length === 0
      ? []
      : [
          `  The repair replaces its unreadable ${one.lost.join(' and ')} with a leash. To lift the leash once the group may be struck:`,
          `    ./chaos leash ${shellWord(group ?? '')} --off${flags}`,
        ]),
  ];
}

/** The longest commands put back a whole policy. */
const maxCommand = 40_000;

interface Words {
  readonly title: string;
  /** What it affects. */
  readonly means: string;
  /** What to check before the repair. */
  readonly first?: string;
  /** What the commands do. */
  readonly mends: string;
}

const words: Readonly<Record<LedgerProblem['problem'], Words>> = {
  secret: {
    title: "Unreadable: the draw's secret",
    means: 'No run can continue: every draw depends on it.',
    first:
      'A new secret changes all draws: announced plans become void, and a group may be drawn again today.',
    mends: 'To make the next run create a new one:',
  },
  stop: {
    title: 'Unreadable: the stop',
    means: 'It counts as a stop: no run strikes.',
    mends: 'To lift it, or to set it again:',
  },
  record: {
    title: 'Unreadable: the record',
    means: 'Its group is spared. Other groups are not affected.',
    mends: "To keep the readable parts, and the latest strike found in the record or in the group's strikes:",
  },
  strike: {
    title: 'Unreadable: a strike',
    means: 'While it is open, its group is spared, recovery is not verified, and its budgets stay in use.',
    first:
      'First check that the group is healthy (./chaos explain GROUP) and that the slot is over: the group could be struck in it again.',
    mends: 'To remove it (the next check lists counters that are then too high):',
  },
  pointer: {
    title: 'Unreadable: a pointer to an open strike',
    means: 'No effect. A strike that lost its pointer is listed separately.',
    mends: 'To delete it:',
  },
  counter: {
    title: 'Unreadable: a budget counter',
    means: 'Strikes that it would count are spared.',
    first: 'First repair unreadable strikes and check again: they may count.',
    mends: 'To set it to the number of recorded strikes:',
  },
  run: {
    title: 'Unreadable: a report',
    means: 'No effect, except that ./chaos status omits it. The log still has the run.',
    mends: 'To delete it:',
  },
  held: {
    title: 'Unreadable: an entry in the list of held groups',
    means: 'Listings lack its details. The record of the group is what counts.',
    mends: 'To delete it (if the group is held, the next check shows how to list it again):',
  },
  undo: {
    title: 'Unreadable: an undo entry',
    means:
      'A fault may be in place, and nobody undoes it: only what ends it by itself, if anything does. The stack cannot be deleted either.',
    first:
      'First undo it in the account of its target, and see that the target is as it should be. Then its strike is listed until it is marked as undone.',
    mends: 'To remove it, with its locks:',
  },
  ended: {
    title: 'Unreadable: a closed undo entry',
    means: 'No effect, except that ./chaos strikes omits it.',
    mends: 'To delete it:',
  },
  lock: {
    title: 'Unreadable: a lock',
    means: 'Nothing else is injected into what it names.',
    mends: 'To restore it, or to delete it if no open strike holds it:',
  },
  experiment: {
    title: 'Unreadable: an experiment',
    means:
      'Listings omit it. If it is running, it stops within seconds, as nobody could stop it, and what it has in place is undone.',
    mends: 'To delete it (if it was running, the next check lists what still points to it):',
  },
  'stray-lock': {
    title: 'A lock that no open strike holds',
    means: 'Nothing is injected into what it names.',
    mends: 'To delete it:',
  },
  'lost-lock': {
    title: 'An open strike without its lock',
    means: 'Another fault could be injected into the same target, and neither could be undone exactly.',
    mends: 'To restore it:',
  },
  'shared-lock': {
    title: 'Two open strikes on one target',
    means: 'Neither may be undone exactly, as each has saved what the other had done.',
    first: 'See ./chaos strikes --active, and compare the target with what its owner wants.',
    mends: 'To undo the one that does not hold the lock:',
  },
  'lost-undo': {
    title: 'A strike that waits for an undo that is not on record',
    means: 'Recovery of its group is not verified, and its budgets stay in use.',
    first: 'First check that its target is as it should be: the fault may still be in place.',
    mends: 'To mark it as undone:',
  },
  miscounted: {
    title: 'A wrong budget counter',
    means: 'If too high, strikes within the budget are spared; if too low, strikes may exceed the budget.',
    mends: 'To correct it, while no run is in progress:',
  },
  'dangling-pointer': {
    title: 'A pointer to nothing',
    means: 'It costs one read each time, and has no other effect.',
    mends: 'To delete it:',
  },
  'lost-strike': {
    title: 'An open strike that nothing points to',
    means: 'Recovery of its group is not verified, and its budgets stay in use.',
    mends: 'To have its recovery verified:',
  },
  'lost-experiment': {
    title: 'An experiment that is not over and not listed as running',
    means: 'Whatever it has in place is undone at once. If whoever ran it has died, it never ends.',
    mends: 'To list it:',
  },
  'not-held': {
    title: 'A leftover entry in the list of held groups',
    means: 'The group can be struck; only listings show it as exempt.',
    mends: 'To remove it from the list:',
  },
  'listed-otherwise': {
    title: 'A stale entry in the list of held groups',
    means: 'The group is exempt; only listings show outdated details.',
    mends: 'To update the list:',
  },
  'not-listed': {
    title: 'A held group that is not listed',
    means: 'The group is exempt; only listings do not show it.',
    mends: 'To list it:',
  },
};

/** Our own commands, where they are safer than manual writes. */
function ownCommands({ problem, key }: LedgerProblem, flags: string): readonly string[] {
  if (problem === 'shared-lock') return [`./chaos undo ${key.sk}${flags}`];
  if (problem === 'stop') return [`./chaos resume${flags}`, `./chaos stop --reason "..."${flags}`];
  return [];
}

/** Never reads the secret. */
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

/** Binary values as version 2 of the aws CLI expects them. */
function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
