import type { ConfigInput } from '#core/config/config.ts';
import type { ConfigFormat } from '#lib/config/config-file.ts';

/** A key with its comment. Without `value`, the example is written, commented out. */
interface Entry {
  readonly comment: readonly string[];
  readonly key: string;
  readonly value?: unknown;
  readonly example?: unknown;
}

const width = 100;

/** Formats a configuration as a file. The same literals are valid in JavaScript and YAML. */
export function configText(config: ConfigInput, format: ConfigFormat): string {
  if (format === 'json') return `${JSON.stringify(config, null, 2)}\n`;
  const isYaml = format === 'yaml' || format === 'yml';
  const [mark, indent, comma] = isYaml ? ['#', '', ''] : ['//', '  ', ','];
  const entries = buildEntries(config).map(({ comment, key, value, example }) => {
    const written = value === undefined ? `${mark} ${key}: ${literal(example)}` : `${key}: ${literal(value)}`;
    return [...comment.map((text) => `${mark} ${text}`), `${written}${comma}`]
      .flatMap((text) => text.split('\n'))
      .map((line) => `${indent}${line}`)
      .join('\n');
  });
  const title = `${mark} What the chaos monkey may do, where and when. All keys: docs/configuration.md`;
  const body = entries.join('\n\n');
  return isYaml ? `${title}\n\n${body}\n` : `${title}\nexport default {\n${body}\n};\n`;
}

function buildEntries(config: ConfigInput): readonly Entry[] {
  const { master, accounts, regions, externalId, leashed, schedule, faults, notifications } = config;
  return [
    { comment: ['Where the monkey itself is deployed.'], key: 'master', value: master },
    {
      comment: ['The target accounts, which may include the master. Quote the ids.'],
      key: 'accounts',
      value: accounts,
    },
    { comment: ['The regions of every account that does not list its own.'], key: 'regions', value: regions },
    {
      comment: ['Agreed between master and targets: AssumeRole without it is denied.'],
      key: 'externalId',
      value: externalId,
    },
    {
      comment: [
        'While true, runs only report what they would do. Set it to false when the reports look right.',
      ],
      key: 'leashed',
      value: leashed,
    },
    {
      comment: ['When runs take place: every 60 minutes from 09:00, the last one before 16:00.'],
      key: 'schedule',
      value: schedule,
    },
    {
      comment: [
        'How often a group is struck, unless its tags say otherwise. Default: 1 in 6 slots.',
        'Average and minimum work days between two strikes:',
      ],
      key: 'rate',
      example: { meanDays: 5, minDays: 2 },
    },
    {
      comment: ['The faults that may be used (docs/faults.md). The first is the default.'],
      key: 'faults',
      value: faults,
    },
    {
      comment: ['Maximum strikes per day. Default: no limit.'],
      key: 'budgets',
      example: { perDay: { organization: 5, account: 2, group: 1 } },
    },
    {
      comment: ['Who is notified of strikes, spared groups and failures.'],
      key: 'notifications',
      value: notifications,
    },
  ];
}

/** A literal for JavaScript and YAML. A list too long for one line is broken, with its bracket on the last line, as YAML requires. */
function literal(value: unknown): string {
  if (Array.isArray(value)) {
    return bracketed(value.map(literal));
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(([key, member]) => `${key}: ${literal(member)}`);
    return `{ ${members.join(', ')} }`;
  }
  if (typeof value !== 'string') return JSON.stringify(value);
  return /^[^'\\\p{Cc}]*$/u.test(value) ? `'${value}'` : JSON.stringify(value);
}

function bracketed(items: readonly string[]): string {
  const lines: string[] = [];
  for (const item of items) {
    const last = lines.at(-1);
    if (last !== undefined && `${last}, ${item}`.length < width) lines[lines.length - 1] = `${last}, ${item}`;
    else lines.push(item);
  }
  return `[${lines.join(',\n  ')}]`;
}
