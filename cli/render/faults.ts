import * as z from 'zod';
import type { Config } from '#core/config/config.ts';
import type { Fault } from '#core/model/fault.ts';
import { faultEndText } from '#core/model/fault-end-text.ts';
import type { Paint } from '../terminal/terminal.ts';

/** A fault as `faults --json` prints it. */
export function describeFault(fault: Fault, config: Config) {
  const { name, summary, parameters, permissions, wide, leaves } = fault;
  const chosen = config.faults.find((one) => one.name === name);
  return {
    name,
    summary,
    /** JSON schema of its parameters as users write them. */
    parameters: z.toJSONSchema(parameters, { io: 'input' }),
    /** Who ends it if we do not; null if it is done once. */
    endsBy: fault.lasts ? fault.ends.by : null,
    ends: fault.lasts ? `after \`minutes\`; ${faultEndText(fault)}` : 'it is done once, and never undone',
    /** What no undo gives back. */
    leaves,
    /** IAM actions that a target role needs for it. */
    actions: [...new Set(permissions.map(({ action }) => action))],
    /** What these also allow, as IAM cannot limit what they write; null if it is nothing of weight. */
    wide: wide ?? null,
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
  const { name, summary, actions, wide, configured, ends, leaves } = fault;
  const lines = [
    `${paint('bold', name)}  ${enabledText(fault, paint)}`,
    `  ${summary}`,
    ...Object.entries(fault.parameters.properties ?? {}).map(
      ([key, schema]) => `  Parameter ${key}: ${parameterText(schema, Object(configured)[key])}`,
    ),
    `  Ends: ${ends}`,
    `  Leaves: ${leaves}`,
    `  IAM: ${actions.join(', ')}`,
    ...(wide === null ? [] : [`  Wide: also allows ${wide}`]),
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
    schema.enum?.map((value) => JSON.stringify(value)).join(' or ') ?? typesOf(schema) ?? 'see --json';
  const text = `${values}, default ${schema.default === undefined ? 'none' : JSON.stringify(schema.default)}`;
  return configured === undefined || configured === schema.default
    ? text
    : `${text}, configured ${JSON.stringify(configured)}`;
}

/** `integer or null`. */
function typesOf({ type, anyOf }: z.core.JSONSchema.JSONSchema): string | undefined {
  return (
    anyOf?.map((one) => Object(one).type).join(' or ') ?? (type === undefined ? undefined : String(type))
  );
}
