import type { ConfigInput } from '#core/config/config.ts';
import { counted } from '#core/util/format.ts';
import { shellWord } from '#core/util/shell-word.ts';
import { isRepositorysOwn, repository } from '#lib/config/config-file.ts';
import { configFlags } from '../config/config-flags.ts';
import type { Occupant } from '../init/write-config.ts';
import type { Paint } from '../terminal/terminal.ts';

/** What `init --json` prints. */
export interface Written {
  /** Absolute. */
  readonly path: string;
  readonly config: ConfigInput;
  /** Where that is now which was there before; null for nothing. */
  readonly kept: string | null;
}

interface Where {
  /** The path as the user would write it. */
  readonly shown: string;
  readonly was: Occupant;
  readonly cwd: string;
}

/** What was written, and the commands that come next. */
export function writtenText(
  { path, config, kept }: Written,
  { shown, was, cwd }: Where,
  paint: Paint,
): string {
  const { accounts, regions, schedule, notifications } = config;
  const places = `${counted(accounts.length, 'account')}, ${counted(regions.length, 'region')}`;
  return [
    `Wrote ${paint('bold', shown)}: ${places}, office hours of ${schedule?.timeZone}.`,
    'It is leashed: nothing is struck until it says leashed: false.',
    ...(kept === null
      ? []
      : [`${was === 'example' ? 'The example that' : 'What'} was there is kept as ${shown}.bak.`]),
    ...((notifications?.emails ?? []).length > 0
      ? []
      : ['Nobody is told by e-mail: notifications.emails is empty.']),
    '',
    paint('bold', 'Next'),
    ...nextLines(path, config, { shown, cwd }).map((text) => `  ${text}`),
  ].join('\n');
}

function nextLines(
  path: string,
  { master, accounts }: ConfigInput,
  { shown, cwd }: Pick<Where, 'shown' | 'cwd'>,
): readonly string[] {
  const isOwn = isRepositorysOwn(path);
  const isInClone = cwd === repository;
  const file = isInClone ? { path, shown } : { path, shown: path };
  const flags = configFlags(file, repository);
  /** Every command is the clone's: elsewhere it is one that goes there first. */
  const typed = (command: string) => (isInClone ? command : `(cd ${shellWord(repository)} && ${command})`);
  const others = accounts.some((one) => one !== master.account);
  return [
    `See what it would do. Nothing is touched: ${typed(`./chaos run --here${flags.chaos}`)}`,
    ...(isOwn ? [`Write the target accounts' role: ${typed('npm run generate')}`] : []),
    `Once: ${typed('npx cdk bootstrap')}`,
    `Deploy the monkey, to ${master.account}: ${typed(`npx cdk deploy${flags.cdk}`)}`,
    ...(others ? [`Deploy the role, to each other account: ${roleText(isOwn, flags.cdk, typed)}`] : []),
    `See what is still missing: ${typed(`./chaos doctor${flags.chaos}`)}`,
  ];
}

/** The role's template is generated from the clone's own configuration alone, and then goes wherever a StackSet brings it. */
function roleText(isOwn: boolean, flags: string, typed: (command: string) => string): string {
  return isOwn ? 'docs/onboarding.md' : typed(`npx cdk deploy --app "node bin/target-app.ts"${flags}`);
}
