import { Logger } from '@aws-lambda-powertools/logger';
import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Journal } from '#core/ports/journal.ts';
import type { RunReport } from '#core/reports/run-report.ts';
import { visible } from '#core/util/visible.ts';

/** Characters that consoles act on but JSON does not escape: it escapes only control characters below the space. */
const unescaped = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/u;

/** Logs JSON lines in which names and tags from other accounts are harmless to readers. */
export function journalLogger(serviceName: string): Logger {
  const jsonReplacerFn = (_key: string, value: unknown) =>
    typeof value === 'string' && unescaped.test(value) ? visible(value) : value;
  return new Logger({ serviceName, jsonReplacerFn });
}

/**
 * Journals a run in the function's log: a line for its start, each decision, strike, recovery and failure, and its end, all with `runId`
 * and `slot`, so that Logs Insights finds them. Verifications run every few minutes, so they have no start line, and an end line only if
 * they found something. With `metrics`, the final numbers are also metrics. Their only dimension is the service, as each value of another
 * would be one more metric, at $0.30 a month.
 */
export function powertoolsJournal({
  logger,
  metrics,
}: {
  readonly logger: Logger;
  readonly metrics: Metrics | undefined;
}): Journal {
  // Not kept in the logger, whose keys would outlive the run and appear in the next one's lines.
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
      // `runId` and `slot` of the line are the verification's own.
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
    // Has a message of its own, as there is no start line to count it against.
    const { recovered, notRecovered, failures } = counts;
    logger.info('verification ended', {
      ...run,
      trigger,
      durationMs,
      counts: { recovered, notRecovered, failures },
    });
  }
}

/** A verification that found nothing sends none: CloudWatch bills metrics for each hour in which they are sent. */
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
