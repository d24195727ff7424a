import type { Logger } from '@aws-lambda-powertools/logger';
import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Journal } from '#core/ports.ts';

/**
 * Journals a run in the function's log: a line for its begin, each decision, each strike, each failure and its end, all with
 * `runId` and `slot`, so that Logs Insights finds them. The numbers at the end are metrics, without a dimension beyond the
 * service: each further one would be a metric more for every value it has, at $0.30 a month.
 */
export function powertoolsJournal({
  logger,
  metrics,
}: {
  readonly logger: Logger;
  readonly metrics: Metrics;
}): Journal {
  // Kept here and not in the logger: its keys would outlive the run and be printed with the next one's.
  let run = { runId: '', slot: '' };
  return {
    begun: ({ runId }, slot) => {
      run = { runId, slot: slot.id };
      logger.info('run begun', run);
    },
    decided: ({ reason, ...decision }) => {
      logger.info('decision', { ...run, ...decision, reason: reason.code, text: reason.text });
    },
    failed: ({ message, ...failure }) => {
      logger.warn('failure', { ...run, ...failure, text: message });
    },
    struck: ({ fault, ...strike }) => {
      const line = { ...run, ...strike, fault: fault.name, parameters: fault.parameters };
      if (strike.outcome === 'failed') logger.warn('strike', line);
      else logger.info('strike', line);
    },
    ended: (report) => {
      const { door, mode, leashedBecause, outcome, durationMs, gates, groupsNotFound, counts } = report;
      logger.info('run ended', {
        ...run,
        door,
        mode,
        leashedBecause,
        outcome,
        durationMs,
        gates,
        groupsNotFound,
        counts,
      });
      metrics.addMetric('StrikesSucceeded', MetricUnit.Count, counts.succeeded);
      metrics.addMetric('StrikesFailed', MetricUnit.Count, counts.failed);
      metrics.addMetric('WouldStrike', MetricUnit.Count, counts.leashed);
      metrics.addMetric('Failures', MetricUnit.Count, counts.failures);
      metrics.addMetric('GroupsSurveyed', MetricUnit.Count, counts.groups);
      metrics.publishStoredMetrics();
    },
  };
}
