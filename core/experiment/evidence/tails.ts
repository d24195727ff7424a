/** How likely counts as extreme as one that was seen are, if a share is `p`. */
export interface Tails {
  /** The probability of at most, and of at least, so many bad ones of `n`. */
  atMost(bad: number, n: number, p: number): number;
  atLeast(bad: number, n: number, p: number): number;
}

/** Of independent events: exact. */
export const binomial: Tails = {
  atMost: binomialAtMost,
  atLeast: (bad, n, p) => binomialAtMost(n - bad, n, 1 - p),
};

/** Of a sum of shares from 0 to 1, whatever their distribution: an upper limit of both (Hoeffding, 1963, theorem 1). */
export const hoeffding: Tails = {
  atMost: (bad, n, p) => (bad >= n * p ? 1 : Math.exp(-n * divergence(bad / n, p))),
  atLeast: (bad, n, p) => (bad <= n * p ? 1 : Math.exp(-n * divergence(bad / n, p))),
};

/** The greatest share with which so few would not be surprising: with 95 % confidence it is less. Clopper and Pearson's, if exact. */
export function upperLimit(tails: Tails, bad: number, n: number): number {
  let [below, above] = [bad / n, 1];
  if (below >= 1) return 1;
  while (above - below > 1e-6) {
    const between = (below + above) / 2;
    if (tails.atMost(bad, n, between) > 0.05) below = between;
    else above = between;
  }
  return above;
}

/** Adds up the probabilities of 0, 1, 2, ...; as logarithms, since those of the first are too small for a number. */
function binomialAtMost(bad: number, n: number, p: number): number {
  if (bad >= n || p === 0) return 1;
  if (bad < 0 || p === 1) return 0;
  const odds = Math.log(p) - Math.log1p(-p);
  let term = n * Math.log1p(-p);
  let sum = Math.exp(term);
  for (let k = 1; k <= bad; k += 1) {
    term += Math.log((n - k + 1) / k) + odds;
    sum += Math.exp(term);
  }
  return Math.min(1, sum);
}

/** Of Kullback and Leibler, between two coins, in nats. */
function divergence(a: number, b: number): number {
  const part = (x: number, y: number) => (x === 0 ? 0 : x * Math.log(x / y));
  return part(a, b) + part(1 - a, 1 - b);
}
