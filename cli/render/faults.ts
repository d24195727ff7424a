import * as z from 'zod';
import type { Config } from '#core/config/config.ts';
import type { Fault } from '#core/model/fault.ts';
import type { Paint } from '../terminal/terminal.ts';

/** A fault as `faults --json` prints it. */
export function describeFault({ name, summary, parameters, permissions }: Fault, config: Config) {
  const chosen = config.faults.find((fault) => fault.name === name);
  return {
    name,
    summary,
    /** JSON schema of its parameters as users write them. */
    parameters: z.toJSONSchema(parameters, { io: 'input' }),
    /** IAM actions that a target role needs for it. */
    actions: [...new Set(permissions.map(({ action }) => action))],
    enabled: chosen !== undefined,
    /** Whether it is used unless a tag or the request says otherwise. */
    isDefault: config.faults[0]?.name === name,
    /** Its configured parameters; null if it is not enabled. */
    configured: chosen?.parameters ?? null,
  };
}
type FaultDescription = ReturnType<typeof describeFault>;

export function faultsText(faults: readonly FaultDescription[], paint: Paint): string {
  return faults.map((fault) => descriptionText(fault, paint)).join('\n\n');
}

function descriptionText(fault: FaultDescription, paint: Paint): string {
  const { name, summary, actions, configured } = fault;
  const lines = [
    `${paint('bold', name)}  ${enabledText(fault, paint)}`,
    `  ${summary}`,
    ...Object.entries(fault.parameters.properties ?? {}).map(
      ([key, schema]) => `  Parameter ${key}: ${parameterText(schema, Object(configured)[key])}`,
    ),
    `  IAM: ${actions.join(', ')}`,
  ];
  return lines.join('\n');
}

function enabledText({ enabled, isDefault }: FaultDescription, paint: Paint): string {
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
