import type { GroupLeash, GroupRecord } from '#core/model/group-record.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import type { CliContext } from '../context/cli-context.ts';
import { type DeploymentOptions, deploymentFlags, locateDeployment } from '../options/deployment-options.ts';
import { keptReason } from '../options/reason-option.ts';
import { inFlightNotice } from '../render/notices.ts';
import { printResult } from '../terminal/print-result.ts';
import { changeLedger } from './change-ledger.ts';
import { requireConfigured, warnIfNeverSeen } from './check-group.ts';
import { readGroupRecord } from './read-group-record.ts';

/** Something in a group's record that spares the group: a veto or a leash. */
export interface Exemption<Value extends GroupLeash> {
  readonly name: 'veto' | 'leash';
  /** Completes "It ... before": `had no veto`. */
  readonly none: string;
  /** The command that lifts it, without the options that locate the deployment. */
  undo(group: string): string;
  read(record: Pick<GroupRecord, 'veto' | 'leash'>): Value | undefined;
  write(ledger: Ledger, group: string, value: Value | undefined): Promise<void>;
  text(value: Value, timeZone: string): string;
  /** Completes "will not be struck": ` before Mon 2026-11-23 10:00 UTC`, or nothing. */
  until(value: Value, timeZone: string): string;
}

type Options = DeploymentOptions & { readonly json: boolean };

/** Sets the exemption. `make` adds to the common part what else it has. */
export async function exempt<Value extends GroupLeash>(
  { name, none, undo, read, write, text, until }: Exemption<Value>,
  group: string,
  make: (common: GroupLeash) => Value,
  { reason, json, ...options }: Options & { readonly reason: string },
  context: CliContext,
): Promise<void> {
  const flags = deploymentFlags(options);
  const place = await locateDeployment(options, context);
  requireConfigured(group, place, context);
  const found = await readGroupRecord(group, place, options, context);
  const { ledger, sent, by, timeZone } = found;
  const at = new Date(context.clock.now()).toISOString();
  const value = make({ reason: keptReason(reason, context), by, at });
  await changeLedger(
    { doing: `set the ${name}`, done: `${group} was ${name}ed`, see: `./chaos status${flags}` },
    () => write(ledger, group, value),
    sent,
    context,
  );
  await warnIfNeverSeen(group, found, options, context);
  const before = read(found.record);
  const lines = [
    `${name.toUpperCase()}ED. ${group} will not be struck${until(value, timeZone)}.`,
    inFlightNotice,
    before === undefined ? `It ${none} before.` : `This replaces: ${text(before, timeZone)}`,
    `To lift it: ${undo(group)}${flags}`,
  ];
  const result = { group, [name]: value, replaced: before ?? null };
  printResult({ json }, result, lines.join('\n'), context.terminal);
}

/** Lifts the exemption, if there is one. */
export async function liftExemption<Value extends GroupLeash>(
  { name, none, read, write, text }: Exemption<Value>,
  group: string,
  options: Options,
  context: CliContext,
): Promise<void> {
  const place = await locateDeployment(options, context);
  const { ledger, sent, record, timeZone } = await readGroupRecord(group, place, options, context);
  const lifted = read(record);
  if (lifted !== undefined) {
    const done = `the ${name} of ${group} was lifted`;
    await changeLedger(
      { doing: `lift the ${name}`, done, see: `./chaos status${deploymentFlags(options)}` },
      () => write(ledger, group, undefined),
      sent,
      context,
    );
  }
  printResult(
    options,
    { group, [name]: null, lifted: lifted ?? null },
    lifted === undefined
      ? `${group} ${none}. Nothing changed.`
      : `Lifted: ${text(lifted, timeZone)}\nThe next run may strike it again.`,
    context.terminal,
  );
}
