import type {
  GetMetricDataInput,
  GetMetricDataOutput,
  MetricDataQuery,
  MetricStat,
} from '@aws-sdk/client-cloudwatch';
import { NotImplemented } from '../not-implemented.ts';
import type { Operation, Scope } from '../service.ts';
import { validationError } from './errors.ts';

/** Source: API reference, GetMetricData, MetricDataQueries. */
const maxQueries = 500;

const statistics: Readonly<Record<string, (values: readonly number[]) => number>> = {
  Sum: sum,
  SampleCount: (values) => values.length,
  Average: (values) => sum(values) / values.length,
  Minimum: (values) => Math.min(...values),
  Maximum: (values) => Math.max(...values),
};

/** Metrics by name; a period without data has no value. All of it is in one page. */
export const getMetricData: Operation<GetMetricDataInput, GetMetricDataOutput> = {
  action: 'cloudwatch:GetMetricData',
  inputs: ['MetricDataQueries', 'StartTime', 'EndTime', 'ScanBy'],
  run: ({ MetricDataQueries: queries = [], StartTime, EndTime, ScanBy }, scope) => {
    if (queries.length > maxQueries) throw validationError(`No more than ${maxQueries} queries are allowed.`);
    if (new Set(queries.map(({ Id }) => Id)).size < queries.length) {
      throw validationError('The values for parameter id in MetricDataQueries are not unique.');
    }
    const [from, to] = [Number(StartTime), Number(EndTime)];
    if (!(from < to))
      throw validationError('The parameter StartTime must be less than the parameter EndTime.');
    return {
      MetricDataResults: queries.map((query) => {
        const points = read(query, from, to, scope);
        if (ScanBy !== 'TimestampAscending') points.reverse();
        return {
          Id: query.Id,
          Label: query.MetricStat?.Metric?.MetricName,
          Timestamps: points.map(([at]) => new Date(at)),
          Values: points.map(([, value]) => value),
          StatusCode: 'Complete',
        };
      }),
      Messages: [],
    };
  },
};

/** By period, in the order of time. */
function read(query: MetricDataQuery, from: number, to: number, { region, now }: Scope): [number, number][] {
  const { Id = '', MetricStat: stat, ...others } = query;
  const [other] = Object.entries(others).filter(([, value]) => value !== undefined);
  if (stat === undefined || other !== undefined)
    throw new NotImplemented(`${other?.[0]} of a query of metrics`);
  if (!/^[a-z]\w*$/.test(Id))
    throw validationError(`The value ${Id} for parameter id is not matching the expected pattern.`);
  const { periodMs, statistic } = checked(stat);
  const { Namespace: namespace = '', MetricName: name = '', Dimensions = [] } = stat.Metric ?? {};
  const dimensions = Object.fromEntries(Dimensions.map(({ Name = '', Value = '' }) => [Name, Value]));
  const values = new Map<number, number[]>();
  for (const { at, value } of region.metrics.readable({ namespace, name, dimensions }, now)) {
    const period = Math.floor(at / periodMs) * periodMs;
    if (period >= from && period < to) values.set(period, [...(values.get(period) ?? []), value]);
  }
  return [...values].map(([at, all]): [number, number] => [at, statistic(all)]).toSorted(([a], [b]) => a - b);
}

function checked({ Period = 0, Stat = '', Unit }: MetricStat) {
  const statistic = statistics[Stat];
  if (statistic === undefined || Unit !== undefined) throw new NotImplemented(`${Unit ?? Stat} of a metric`);
  if (Period <= 0 || Period % 60 !== 0)
    throw validationError('The parameter Period must be a multiple of 60.');
  return { periodMs: Period * 1000, statistic };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
