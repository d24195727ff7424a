import * as z from 'zod';
import type { Fault, FaultRegistry } from '#core/model/fault.ts';
import { faultEndText } from '#core/model/fault-end-text.ts';
import { fillLists } from './lists-in-page.ts';
import { wrapEntry } from './wrap-entry.ts';

/** Regenerates the sections of faults in docs/faults.md, and the table of all of them. Throws if a fault is in none. */
export function faultsPage(page: string, faults: FaultRegistry): string {
  const all = [...faults.values()];
  const withSections = fillLists(page, 'faults', all, (listed) => listed.map(section).join('\n'));
  return withSections.replace(
    /(<!-- table of faults -->\n)[\s\S]*?(<!-- end -->)/,
    (_, opening: string, closing: string) => `${opening}\n${table(all)}\n\n${closing}`,
  );
}

const ends = {
  aws: 'by AWS',
  target: 'by its target',
  schedule: 'by a schedule',
} as const;

function table(all: readonly Fault[]): string {
  const rows = all
    .toSorted((a, b) => a.kind.localeCompare(b.kind) || a.name.localeCompare(b.name))
    .map((fault) => {
      const end = fault.lasts ? ends[fault.ends.by] : 'does not last';
      const wide = fault.wide === undefined ? '' : 'yes';
      return `| [\`${fault.name}\`](#${fault.name}) | ${fault.kind} | ${end} | ${wide} |`;
    });
  return [
    '| fault | strikes | ends, if nobody undoes it | wide |',
    '| --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

function section(fault: Fault): string {
  const { name, summary, parameters, permissions, wide, leaves } = fault;
  return [
    `### ${name}`,
    '',
    summary,
    '',
    ...parameterTable(parameters),
    ...[
      `- **Ends**: ${fault.lasts ? `after \`minutes\`; ${faultEndText(fault)}` : 'it is done once, and never undone'}`,
      `- **Leaves**: ${leaves}`,
      ...(wide === undefined
        ? []
        : [`- **Wide**, so enable it with care: its permissions also allow ${wide}`]),
      `- **IAM**: ${[...new Set(permissions.map(({ action }) => `\`${action}\``))].join(', ')}`,
    ].map(wrapEntry),
    '',
  ].join('\n');
}

function parameterTable(schema: z.ZodType): readonly string[] {
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input' });
  const rows = Object.entries(properties).map(([name, property]) => {
    const { default: defaultValue, description, ...values } = typeof property === 'object' ? property : {};
    const cells = [`\`${name}\``, valuesText(values), defaultText(defaultValue, values), description];
    // Between backticks too, a bar would end its cell.
    return `| ${cells.map((cell) => `${cell}`.replaceAll('|', '\\|')).join(' | ')} |`;
  });
  const head = ['| parameter | values | default | meaning |', '| --- | --- | --- | --- |'];
  return rows.length === 0 ? [] : [...head, ...rows, ''];
}

function defaultText(value: unknown, { items }: z.core.JSONSchema.BaseSchema): string {
  if (value === undefined) return 'none';
  const { enum: choices } = Object(items);
  return JSON.stringify(value) === JSON.stringify(choices) ? 'all of them' : `\`${JSON.stringify(value)}\``;
}

function valuesText(schema: z.core.JSONSchema.BaseSchema): string {
  const { enum: choices, items, type, minimum, maximum, anyOf } = schema;
  if (anyOf !== undefined) return anyOf.map((one) => valuesText(Object(one))).join(' or ');
  if (typeof items === 'object' && !Array.isArray(items)) return `a list of ${valuesText(items)}`;
  if (choices !== undefined) return choices.map((choice) => `\`${JSON.stringify(choice)}\``).join(', ');
  const range = [minimum, maximum].some((bound) => bound !== undefined);
  return range ? `${type}, ${minimum ?? '...'} to ${maximum ?? '...'}` : `${type}`;
}
