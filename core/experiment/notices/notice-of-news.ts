import { type ExperimentNotice, noticeHead, openFirst } from '../../reports/experiment-notice.ts';
import { maxText, oneLine } from '../../util/format.ts';
import type { ExperimentRun } from '../engine/experiment-run.ts';
import type { ExperimentNews } from '../engine/ports.ts';
import { endedNotice } from './ended-notice.ts';
import { noticedStrike } from './noticed-strike.ts';
import { soonNotice } from './soon-notice.ts';

/** What people are told of this news. Undefined: it is worth no message. */
export function noticeOfNews(
  run: ExperimentRun,
  news: ExperimentNews,
  now: number,
): ExperimentNotice | undefined {
  // It touches nothing. Whoever starts one looks at what came of it; only a schedule has nobody who does.
  if (run.rehearsal && run.trigger !== 'schedule') return undefined;
  switch (news.is) {
    case 'soon':
      return soonNotice(run, news.at);
    // It was said that it would be. What is in place, the ledger knows for whoever asks.
    case 'injected':
      return undefined;
    case 'aborted':
      return {
        is: 'aborted',
        ...noticeHead({ ...run, ...run.experiment }),
        ...{ at: new Date(now).toISOString(), by: oneLine(news.by, maxText), isUndone: news.isUndone },
        strikes: openFirst(news.strikes.map(noticedStrike)),
      };
    case 'ended':
      return endedNotice(news.report, news.page);
  }
}
