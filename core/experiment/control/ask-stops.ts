import type { Experiment } from '../../model/experiment.ts';
import type { AlarmReader } from '../../ports/alarm-reader.ts';
import type { ExperimentLedger } from '../../ports/experiment-ledger.ts';
import type { Ledger } from '../../ports/ledger.ts';
import type { AskStop } from './fail-closed.ts';

/** The experiment's own stop; or its end, where somebody has taken it for dead. */
export function askOwnStop(id: string, ledger: Pick<ExperimentLedger, 'experiment'>): AskStop {
  return async () => {
    const record = await ledger.experiment(id);
    if (record === undefined) throw new Error(`experiment ${id} is not on record`);
    const { stop, ended } = record;
    if (ended !== undefined) return { by: `the end on its record: ${ended.verdict}, ${ended.why}` };
    return stop && { by: `stop by ${stop.by}: ${stop.reason}` };
  };
}

export function askStopOfEverything(ledger: Pick<Ledger, 'stop'>): AskStop {
  return async () => {
    const stop = await ledger.stop();
    return stop && { by: `stop of everything by ${stop.by}: ${stop.reason}` };
  };
}

/** An alarm that is not there cannot fire: it counts as one that cannot be read. */
export function askConditions(conditions: Experiment['stopConditions'], reader: AlarmReader): AskStop {
  return async () => {
    const states = await reader.alarms(conditions.map(({ arn }) => arn));
    const firing = conditions.find((_, index) => states[index] === 'ALARM');
    if (firing !== undefined) return { by: `stop condition ${firing.name}` };
    const missing = conditions.find((_, index) => (states[index] ?? 'MISSING') === 'MISSING');
    if (missing === undefined) return undefined;
    throw new Error(`stop condition ${missing.name}: there is no alarm ${missing.arn}`);
  };
}
