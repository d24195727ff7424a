/** What chance in the tests comes from. `CHAOS_TEST_SEED` is another seed, for the soak and to play one of it again. */
export function testSeed(): number {
  const { CHAOS_TEST_SEED: given = '20261123' } = process.env;
  const seed = Number(given);
  if (!Number.isInteger(seed)) throw new Error(`CHAOS_TEST_SEED="${given}": expected a whole number`);
  return seed;
}
