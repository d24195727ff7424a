import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { parameterName } from './command-parameters.ts';
import type { CommandDocument } from './documents.ts';

export interface DocumentContent {
  readonly schemaVersion: '2.2';
  readonly description: string;
  readonly parameters: Readonly<Record<string, DocumentParameter>>;
  readonly mainSteps: readonly [
    {
      readonly action: 'aws:runShellScript';
      readonly name: string;
      readonly precondition: { readonly StringEquals: readonly [string, string] };
      readonly inputs: { readonly timeoutSeconds: string; readonly runCommand: readonly string[] };
    },
  ];
}

interface DocumentParameter {
  readonly type: 'String';
  readonly description: string;
  readonly allowedPattern: string;
  readonly interpolationType: 'ENV_VAR';
  readonly default?: string;
}

/** The content of an SSM document, for a template. Reads the scripts, which are not in the functions' bundles. */
export function documentContent({ description, scripts, parameters }: CommandDocument): DocumentContent {
  return {
    schemaVersion: '2.2',
    description,
    parameters: Object.fromEntries(
      Object.entries(parameters.shape).map(([key, schema]) => [parameterName(key), parameterFor(schema)]),
    ),
    mainSteps: [
      {
        action: 'aws:runShellScript',
        name: 'run',
        // On other platforms the step is skipped, and the command still succeeds: only its output tells.
        precondition: { StringEquals: ['platformType', 'Linux'] },
        inputs: { timeoutSeconds: '240', runCommand: scriptLines(scripts) },
      },
    ],
  };
}

const Property = z.looseObject({
  description: z.string(),
  pattern: z.string().optional(),
  minimum: z.int().optional(),
  maximum: z.int().optional(),
  default: z.int().optional(),
});

/**
 * The agent hands the values over as variables `SSM_Name`, since 3.3.2746.0; it pastes them nowhere, as no script has `{{Name}}`.
 * The patterns are a second guard: neither do they let anything pass that means something to a shell.
 */
function parameterFor(schema: z.core.$ZodType): DocumentParameter {
  const property = Property.parse(z.toJSONSchema(schema, { io: 'input' }));
  const { description, pattern, minimum = 0, maximum = 0, default: whenLeftOut } = property;
  const whole = `[1-9][0-9]{0,${String(maximum).length - 1}}`;
  return {
    type: 'String',
    description,
    allowedPattern: pattern ?? (minimum === 0 ? `^(0|${whole})$` : `^${whole}$`),
    interpolationType: 'ENV_VAR',
    ...(whenLeftOut !== undefined && { default: String(whenLeftOut) }),
  };
}

/** Without comments: a template may only have so many bytes. */
function scriptLines(scripts: readonly string[]): readonly string[] {
  const lines = scripts.flatMap((script) =>
    readFileSync(new URL(script, import.meta.url), 'utf8')
      .split('\n')
      .filter((line) => !/^\s*(?:#|$)/.test(line)),
  );
  return ['#!/bin/sh', ...lines];
}
