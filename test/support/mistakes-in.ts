import { InvalidInput } from '#core/util/parse.ts';

/** The paths of what an input is refused for; none where it is taken. */
export function mistakesIn(attempt: () => unknown): readonly string[] {
  try {
    attempt();
    return [];
  } catch (error) {
    if (error instanceof InvalidInput) return error.mistakes.map(({ path }) => path);
    throw error;
  }
}
