import type { Logger } from '@aws-lambda-powertools/logger';
import { isOfStrike, type UndoReport } from '#core/reports/undo-report.ts';

/** A line for each strike and each failure, and one for the end; none for a round that found nothing to do. */
export function logReport({ runId, strikes, failures, open }: UndoReport, logger: Logger): void {
  for (const { fault, ...strike } of strikes) {
    const line = { runId, ...strike, fault: fault.name, parameters: fault.parameters };
    if (strike.outcome === 'failing' || strike.outcome === 'contested') logger.warn('undo', line);
    else logger.info('undo', line);
  }
  // Those of strikes have their line.
  for (const { message, ...failure } of failures.filter((one) => !isOfStrike(one))) {
    logger.warn('failure', { runId, ...failure, text: message });
  }
  if (strikes.length + failures.length > 0) logger.info('round ended', { runId, open });
}
