import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { AccountId, Region } from '#core/model/aws-names.ts';
import { orNearest } from '#core/util/nearest.ts';
import { awsPlace } from './aws-place.ts';
import type { Place } from './bench.ts';
import type { Fact } from './fact.ts';
import { facts } from './registry.ts';
import { runFacts } from './run-facts.ts';
import { sandboxPlace } from './sandbox-place.ts';
import { exitCodeOf, factText, planText, summaryText } from './text.ts';

export const usage = `usage: npm run verify:aws -- --account ID [--region REGION] [--only FACT]... [--json]
       npm run verify:aws -- --sandbox [--only FACT]... [--json]

  --account ID     the account to use: that of your credentials, which must be the same
  --region REGION  default: AWS_REGION, else eu-west-1
  --only FACT      only this fact; may be repeated
  --sandbox        the sandbox in memory instead of AWS: shows that the checks run, and nothing about AWS
  --json           print the result as JSON
  --help           print this

Exit codes: 0 all that was tried holds; 1 something does not hold, nothing was tried, a fact that --only names was
not tried, something could not be removed, or it was interrupted; 2 bad usage.
`;

export interface VerifyParts {
  readonly out: (text: string) => void;
  readonly note: (text: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The account of the default credentials. */
  readonly callerAccount: (region: string) => Promise<string>;
  readonly signal: AbortSignal;
}

const badUsage = 2 as const;

/** `npm run verify:aws`. Returns the exit code. Without the right account named, it does nothing. */
export async function verify(words: readonly string[], parts: VerifyParts): Promise<0 | 1 | 2> {
  const { out, note, env, callerAccount, signal } = parts;
  const refuse = (why: string) => {
    note(`error: ${why}\n\n${usage}`);
    return badUsage;
  };
  let options: ReturnType<typeof readOptions>;
  try {
    options = readOptions(words);
  } catch (error) {
    return refuse((error as Error).message);
  }
  const { account, only = [], sandbox = false, json = false } = options;
  if (options.help) {
    out(usage);
    return 0;
  }
  const region = options.region ?? env.AWS_REGION ?? 'eu-west-1';
  if (account !== undefined && !AccountId.safeParse(account).success) {
    return refuse(`an account id has 12 digits: ${account}`);
  }
  if (!Region.safeParse(region).success) return refuse(`not a region such as eu-west-1: ${region}`);
  const names = facts.map(({ name }) => name);
  const unknown = only.find((name) => !names.includes(name));
  if (unknown !== undefined) return refuse(`there is no fact ${unknown}${orNearest(unknown, names)}`);
  const chosen = facts.filter(({ name }) => only.length === 0 || only.includes(name));
  if (sandbox === (account !== undefined)) {
    note(`${planText(chosen, { account: 'ID', region, isSandbox: false })}\n`);
    return refuse('say where: --account ID, or --sandbox');
  }
  const newId = () => randomBytes(8).toString('hex');
  const place = sandbox ? sandboxPlace(newId) : awsPlace(account ?? '', region, newId);
  // Who reads JSON from stdout sees this on the screen.
  note(`${planText(chosen, place)}\n`);
  if (!sandbox) {
    const found = await callerAccount(region);
    if (found !== account) return refuse(`your credentials are of account ${found}, and not of ${account}`);
  }
  return check(chosen, place, { out, note, signal, json, only });
}

function readOptions(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      account: text,
      region: text,
      only: { ...text, multiple: true },
      sandbox: flag,
      json: flag,
      help: { ...flag, short: 'h' },
    },
  });
  return values;
}

async function check(
  chosen: readonly Fact[],
  place: Place,
  {
    out,
    note,
    signal,
    json,
    only,
  }: Pick<VerifyParts, 'out' | 'note' | 'signal'> & {
    readonly json: boolean;
    readonly only: readonly string[];
  },
): Promise<0 | 1> {
  const told = json ? note : out;
  const verification = await runFacts(chosen, place, signal, (result) => told(factText(result)));
  if (json) out(JSON.stringify(verification, undefined, 2));
  else out(`\n${summaryText(verification)}`);
  return signal.aborted ? 1 : exitCodeOf(verification, only);
}
