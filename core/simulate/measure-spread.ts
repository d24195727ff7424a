import type { Simulation } from './simulation.ts';

/** The distribution of strikes per day, from the number of days for each number of strikes. */
export function measureSpread(daysBy: ReadonlyMap<number, number>): Simulation['strikesADay'] {
  const days = [...daysBy]
    .map(([strikes, days]) => ({ strikes, days }))
    .sort((a, b) => a.strikes - b.strikes);
  const total = days.reduce((sum, one) => sum + one.days, 0);
  const strikes = days.reduce((sum, one) => sum + one.strikes * one.days, 0);
  const atMostOn = (share: number): number => {
    let seen = 0;
    for (const one of days) {
      seen += one.days;
      if (seen >= share * total) return one.strikes;
    }
    return 0;
  };
  return {
    mean: total === 0 ? 0 : strikes / total,
    median: atMostOn(0.5),
    nineteenOfTwenty: atMostOn(0.95),
    max: days.at(-1)?.strikes ?? 0,
    days,
  };
}
