import { Logger } from '@aws-lambda-powertools/logger';
import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Journal } from '#core/ports/journal.ts';
import type { RunReport } from '#core/reports/run-report.ts';
import { visible } from '#core/util/visible.ts';

/** What JSON leaves as it is and a console acts on: it escapes only the control characters below a space. */
const unescaped = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/u;

/** Writes lines of JSON in which names and tags from other accounts can do nothing to whoever reads them. */
export function journalLogger(serviceName: string): Logger {
  const jsonReplacerFn = (_key: string, value: unknown) =>
    typeof value === 'string' && unescaped.test(value) ? visible(value) : value;
  return new Logger({ serviceName, jsonReplacerFn });
}

/**
 * Journals a run in the function's log: a line for its begin, each decision, each strike, each recovery, each failure and its
 * end, all with `runId` and `slot`, so that Logs Insights finds them. A look after earlier strikes is made every few minutes:
 * it has no begin, and an end only where it found something. With `metrics` the numbers at the end are metrics as well, without a
 * dimension beyond the service: each further one would be a metric more for every value it has, at $0.30 a month.
 */
export function powertoolsJournal({
  logger,
  metrics,
}: {
  readonly logger: Logger;
  readonly metrics: Metrics | undefined;
}): Journal {
  // Kept here and not in the logger: its keys would outlive the run and be printed with the next one's.
  let run = { runId: '', slot: '' };
  return {
    begun: ({ runId }, slot, task) => {
      run = { runId, slot: slot.id };
      if (task === 'run') logger.info('run begun', run);
    },
    decided: ({ reason, ...decision }) => {
      logger.info('decision', { ...run, ...decision, reason: reason.code, text: reason.text });
    },
    failed: ({ message, ...failure }) => {
      logger.warn('failure', { ...run, ...failure, text: message });
    },
    struck: ({ fault, ...strike }) => {
      const line = { ...run, ...strike, fault: fault.name, parameters: fault.parameters };
      if (strike.outcome === 'failed' || strike.outcome === 'unknown') logger.warn('strike', line);
      else logger.info('strike', line);
    },
    verified: ({ runId, slot, recovery, ...struck }) => {
      // The run that struck: the line's own is the one that looked.
      const line = { ...run, ...struck, ...recovery, struckBy: runId, struckIn: slot };
      if (recovery.outcome === 'not-recovered') logger.warn('recovery', line);
      else logger.info('recovery', line);
    },
    ended: (report) => {
      logEnd(report, run, logger);
      if (metrics !== undefined) addMetrics(report, metrics);
    },
  };
}

function logEnd(report: RunReport, run: object, logger: Logger): void {
  const { task, trigger, mode, leashedBecause, outcome, durationMs, gates, groupsNotFound, counts } = report;
  if (task === 'run') {
    logger.info('run ended', {
      ...run,
      trigger,
      mode,
      leashedBecause,
      outcome,
      durationMs,
      gates,
      groupsNotFound,
      counts,
    });
  } else if (report.recoveries.length + report.failures.length > 0) {
    // By a name of its own, as it has no begin that it could be counted against.
    const { recovered, notRecovered, failures } = counts;
    logger.info('verification ended', {
      ...run,
      trigger,
      durationMs,
      counts: { recovered, notRecovered, failures },
    });
  }
}

/** Of a verification that found nothing none: CloudWatch bills a metric for each hour in which it is sent. */
function addMetrics({ task, counts, recoveries }: RunReport, metrics: Metrics): void {
  if (task === 'verify' && recoveries.length === 0) return;
  if (task === 'run') {
    metrics.addMetric('StrikesSucceeded', MetricUnit.Count, counts.succeeded);
    metrics.addMetric('StrikesFailed', MetricUnit.Count, counts.failed);
    metrics.addMetric('WouldStrike', MetricUnit.Count, counts.leashed);
    metrics.addMetric('Failures', MetricUnit.Count, counts.failures);
    metrics.addMetric('GroupsSurveyed', MetricUnit.Count, counts.groups);
  }
  metrics.addMetric('GroupsNotRecovered', MetricUnit.Count, counts.notRecovered);
  for (const { recovery } of recoveries) {
    if (recovery.tookMs !== undefined) {
      metrics.addMetric('RecoverySeconds', MetricUnit.Seconds, recovery.tookMs / 1000);
    }
  }
  metrics.publishStoredMetrics();
}
