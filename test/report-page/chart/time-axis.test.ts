import { describe, expect, test } from 'vitest';
import { axisLabels, timeAxisOf } from '#report-page/chart/time-axis.ts';
import { clockIn } from '#report-page/clock.ts';
import { anExperimentReport, phasesOf } from '../../support/an-experiment-report.ts';

describe('the time axis', () => {
  test.each([1, 2, 3, 5, 8, 12, 30, 90, 600, 3_600, 86_400])('says no time twice in %i s', (seconds) => {
    const report = anExperimentReport({
      phases: phasesOf(['baseline', seconds / 2], ['fault', seconds / 2]),
    });
    const axis = timeAxisOf({ ...report, probes: [] });
    const { html: text } = axisLabels(axis, clockIn('UTC'));
    for (const layout of ['wide', 'narrow']) {
      const [, group = ''] = new RegExp(`<g class="${layout}">(.*?)</g>`, 's').exec(text) ?? [];
      const times = [...group.matchAll(/>([^<>]*\d\d:\d\d[^<>]*)</g)].map(([, time]) => time);
      expect(times.length).toBeGreaterThan(0);
      expect(new Set(times).size).toBe(times.length);
    }
  });
});
