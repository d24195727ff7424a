import * as z from 'zod';
import type { Config } from '#core/config/config.ts';
import { enabledFaults } from '#core/config/enabled-faults.ts';
import type { Fault, FaultRegistry } from '#core/model/fault.ts';
import { faultEndText } from '#core/model/fault-end-text.ts';
import type { Paint } from '../terminal/terminal.ts';

/** The enabled ones first; each part by kind, then in the order of the configuration, or by name. */
export function faultsInOrder(faults: FaultRegistry, config: Config): readonly Fault[] {
  const enabled = enabledFaults(config, faults);
  const others = [...faults.values()]
    .filter((fault) => !enabled.includes(fault))
    .toSorted((a, b) => a.name.localeCompare(b.name));
  return [enabled, others].flatMap((list) => list.toSorted((a, b) => a.kind.localeCompare(b.kind)));
}

/** A fault as `faults --json` prints it. */
export function describeFault(fault: Fault, config: Config, faults: FaultRegistry) {
  const { name, kind, summary, parameters, permissions, wide, leaves } = fault;
  const chosen = config.faults.find((one) => one.name === name);
  return {
    name,
    /** What it strikes. */
    kind,
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
    /** Whether targets of its kind are struck with it, unless a tag or the request says otherwise. */
    isDefault: enabledFaults(config, faults).find((one) => one.kind === kind) === fault,
    /** Its configured parameters; null if it is not enabled. */
    configured: chosen?.parameters ?? null,
  };
}
type FaultDescription = ReturnType<typeof describeFault>;

export function faultsText(faults: readonly FaultDescription[], paint: Paint): string {
  return faults.map((fault) => descriptionText(fault, paint)).join('\n\n');
}

function descriptionText(fault: FaultDescription, paint: Paint): string {
  const { name, kind, summary, actions, wide, configured, ends, leaves } = fault;
  const lines = [
    `${paint('bold', name)}  ${enabledText(fault, paint)}`,
    `  ${summary}`,
    `  Strikes: ${kind}`,
    ...Object.entries(fault.parameters.properties ?? {}).flatMap(([key, schema]) => [
      `  Parameter ${key}: ${parameterText(schema, Object(configured)[key])}`,
      `    ${Object(schema).description}`,
    ]),
    `  Ends: ${ends}`,
    `  Leaves: ${leaves}`,
    `  IAM: ${actions.join(', ')}`,
    ...(wide === null ? [] : [`  Wide: also allows ${wide}`]),
  ];
  return lines.join('\n');
}

function enabledText({ enabled, isDefault }: FaultDescription, paint: Paint): string {
  if (!enabled) return paint('dim', 'not enabled');
  return paint('green', isDefault ? 'enabled, the default for its kind' : 'enabled');
}

/** `integer, 0 to 1000, default 0, configured 5`. */
function parameterText(schema: z.core.JSONSchema._JSONSchema, configured: unknown): string {
  if (typeof schema === 'boolean') return 'anything';
  const text = `${valueText(schema)}, default ${defaultText(schema)}`;
  const isAsDefault = jsonText(configured) === jsonText(schema.default);
  return configured === undefined || isAsDefault ? text : `${text}, configured ${jsonText(configured)}`;
}

function defaultText({ default: value, items }: z.core.JSONSchema.JSONSchema): string {
  if (value === undefined) return 'none';
  // They have just been listed.
  return jsonText(value) === jsonText(Object(items).enum) ? 'all of them' : jsonText(value);
}

/** `"ec2" or "autoscaling"`; `integer, 0 to 1000, or null`; `list of string`; `list of "sns:Publish", "sns:Subscribe"`. */
function valueText(schema: z.core.JSONSchema.JSONSchema): string {
  const { anyOf, items, minimum, maximum, minLength, maxLength, type } = schema;
  if (schema.enum !== undefined) return schema.enum.map((value) => jsonText(value)).join(' or ');
  if (anyOf !== undefined) {
    return anyOf.map((one) => valueText(Object(one))).reduce((all, one) => `${all}, or ${one}`);
  }
  if (type === 'array') {
    const choices: readonly unknown[] | undefined = Object(items).enum;
    return `list of ${choices?.map(jsonText).join(', ') ?? valueText(Object(items))}`;
  }
  if (type === 'string') return `string${rangeText(minLength, maxLength, ' characters')}`;
  return `${type ?? 'see --json'}${rangeText(minimum, maximum)}`;
}

function rangeText(least: number | undefined, most: number | undefined, unit = ''): string {
  if (least === undefined || most === undefined) return '';
  return `, ${least} to ${most}${unit}`;
}

/** With a space after each item, so that a long list can be wrapped. */
function jsonText(value: unknown): string {
  return Array.isArray(value) ? `[${value.map(jsonText).join(', ')}]` : `${JSON.stringify(value)}`;
}
