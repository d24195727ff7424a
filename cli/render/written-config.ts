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
  /** The backup of the previous file; null if there was none. */
  readonly kept: string | null;
}

interface Where {
  /** The path as the user would write it. */
  readonly shown: string;
  readonly was: Occupant;
  readonly cwd: string;
}

/** Shows what was written, and the next commands. */
export function writtenText(
  { path, config, kept }: Written,
  { shown, was, cwd }: Where,
  paint: Paint,
): string {
  const { accounts, regions, schedule, notifications } = config;
  const places = `${counted(accounts.length, 'account')}, ${counted(regions.length, 'region')}`;
  return [
    `Wrote ${paint('bold', shown)}: ${places}, office hours of ${schedule?.timeZone}.`,
    'It is leashed: nothing is struck until you set leashed: false.',
    ...(kept === null
      ? []
      : [`The previous ${was === 'example' ? 'example' : 'file'} was kept as ${shown}.bak.`]),
    ...((notifications?.emails ?? []).length > 0
      ? []
      : ['Nobody is notified by e-mail: notifications.emails is empty.']),
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
  /** Commands run in the clone; elsewhere, they start with a cd. */
  const typed = (command: string) => (isInClone ? command : `(cd ${shellWord(repository)} && ${command})`);
  const others = accounts.some((one) => one !== master.account);
  return [
    `See what it would do, without touching anything: ${typed(`./chaos run --here${flags.chaos}`)}`,
    ...(isOwn ? [`Generate the role of the target accounts: ${typed('npm run generate')}`] : []),
    `Bootstrap CDK once: ${typed('npx cdk bootstrap')}`,
    `Deploy the monkey to ${master.account}: ${typed(`npx cdk deploy${flags.cdk}`)}`,
    ...(others ? [`Deploy the role to each other account: ${roleText(isOwn, flags.cdk, typed)}`] : []),
    `Check what is still missing: ${typed(`./chaos doctor${flags.chaos}`)}`,
  ];
}

/** The role's template can only be generated from the clone's own configuration, and can then be deployed by a StackSet. */
function roleText(isOwn: boolean, flags: string, typed: (command: string) => string): string {
  return isOwn ? 'docs/onboarding.md' : typed(`npx cdk deploy --all --app "node bin/target-app.ts"${flags}`);
}
