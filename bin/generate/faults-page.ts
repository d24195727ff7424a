import * as z from 'zod';
import type { Fault, FaultRegistry } from '#core/model/fault.ts';

const header = `# Faults

<!-- Made by \`npm run generate\` from faults/. Do not edit. -->

What can be done to an instance. To enable a fault, list it in \`faults\` in \`chaos.config.ts\`: \`'ec2-stop'\`, or
\`{ name: 'ec2-terminate', parameters: { via: 'autoscaling' } }\`. The first is the default. The tag \`chaos:faults\` on a group
chooses other enabled faults. \`fault\` in a request overrides the default, or chooses among the faults that the tag names.

Target roles allow the actions of the enabled faults, on resources that have the opt-in tag. After enabling a fault, deploy the
target roles again.
`;

/** The text of docs/faults.md. */
export function faultsPage(faults: FaultRegistry): string {
  return [header, ...[...faults.values()].map(section)].join('\n');
}

function section({ name, summary, parameters, permissions, wide }: Fault): string {
  return [
    `## ${name}`,
    '',
    summary,
    '',
    ...parameterTable(parameters),
    ...(wide === undefined ? [] : [`Wide, so enable it with care: its permissions also allow ${wide}.`, '']),
    `IAM actions: ${[...new Set(permissions.map(({ action }) => `\`${action}\``))].join(', ')}`,
    '',
  ].join('\n');
}

function parameterTable(schema: z.ZodType): readonly string[] {
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input' });
  const rows = Object.entries(properties).map(([name, property]) => {
    const { default: defaultValue, ...values } = typeof property === 'object' ? property : {};
    return `| \`${name}\` | ${valuesText(values)} | \`${JSON.stringify(defaultValue)}\` |`;
  });
  return rows.length === 0 ? [] : ['| parameter | values | default |', '| --- | --- | --- |', ...rows, ''];
}

function valuesText(schema: z.core.JSONSchema.BaseSchema): string {
  const { enum: choices, type, minimum, maximum, anyOf } = schema;
  if (anyOf !== undefined) return anyOf.map((one) => valuesText(Object(one))).join(' or ');
  if (choices !== undefined) return choices.map((choice) => `\`${JSON.stringify(choice)}\``).join(', ');
  const range = [minimum, maximum].some((bound) => bound !== undefined);
  return range ? `${type}, ${minimum ?? '...'} to ${maximum ?? '...'}` : `${type}`;
}
