/** The seed of all randomness in tests. `CHAOS_TEST_SEED` overrides it, for the soak test and to replay one of its rounds. */
export function testSeed(): number {
  const { CHAOS_TEST_SEED: given = '20261123' } = process.env;
  const seed = Number(given);
  if (!Number.isInteger(seed)) throw new Error(`CHAOS_TEST_SEED="${given}": expected a whole number`);
  return seed;
}
