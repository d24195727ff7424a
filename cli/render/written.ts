import type { ConfigInput } from '#core/config.ts';
import { counted } from '#core/message/words.ts';
import { isRepositorysOwn } from '#lib/config-file.ts';
import type { Occupied } from '../init/write-config.ts';
import { configFlags } from '../shared/config-flags.ts';
import type { Paint } from '../shared/terminal.ts';

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
  readonly was: Occupied;
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
  const flags = configFlags({ path, shown }, cwd);
  const others = accounts.some((one) => one !== master.account);
  return [
    `See what it would do. Nothing is touched: ./chaos run --here${flags.chaos}`,
    ...(isOwn ? ["Write the target accounts' role: npm run generate"] : []),
    `Once: npx cdk bootstrap`,
    `Deploy the monkey, to ${master.account}: npx cdk deploy${flags.cdk}`,
    ...(!isOwn && others
      ? [`Deploy the role, to each other account: npx cdk deploy --app "node bin/target-app.ts"${flags.cdk}`]
      : []),
    `See what is still missing: ./chaos doctor${flags.chaos}`,
  ];
}
