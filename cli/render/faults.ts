import type * as z from 'zod';
import type { FaultDescription } from '../faults.ts';
import type { Paint } from '../shared/terminal.ts';

export function faultsText(faults: readonly FaultDescription[], paint: Paint): string {
  return faults.map((fault) => faultText(fault, paint)).join('\n\n');
}

function faultText(fault: FaultDescription, paint: Paint): string {
  const { name, summary, actions, configured } = fault;
  const lines = [
    `${paint('bold', name)}  ${standing(fault, paint)}`,
    `  ${summary}`,
    ...Object.entries(fault.parameters.properties ?? {}).map(
      ([key, schema]) => `  Parameter ${key}: ${parameterText(schema, Object(configured)[key])}`,
    ),
    `  IAM: ${actions.join(', ')}`,
  ];
  return lines.join('\n');
}

function standing({ enabled, isDefault }: FaultDescription, paint: Paint): string {
  if (!enabled) return paint('dim', 'not enabled');
  return paint('green', isDefault ? 'enabled, the default' : 'enabled');
}

/** `"ec2" or "autoscaling", default "ec2", configured "autoscaling"`. */
function parameterText(schema: z.core.JSONSchema._JSONSchema, configured: unknown): string {
  if (typeof schema === 'boolean') return 'anything';
  const values =
    schema.enum?.map((value) => JSON.stringify(value)).join(' or ') ?? schema.type ?? 'see --json';
  const text = `${values}, default ${JSON.stringify(schema.default)}`;
  return configured === undefined || configured === schema.default
    ? text
    : `${text}, configured ${JSON.stringify(configured)}`;
}
