/** Reads a parameter's decrypted value, not past `deadline` (epoch ms). */
export type ReadParameter = (name: string, deadline: number) => Promise<string>;

/** A channel's secret could not be read or is not valid. The message never contains the secret. */
export class UnusableSecret extends Error {
  override readonly name = 'UnusableSecret';
}

export interface Secrets {
  /** Throws `UnusableSecret`. */
  read(parameter: string, deadline: number): Promise<string>;
  /** The next `read` reads the parameter again. */
  forget(parameter: string): void;
}

/** The channels' secrets, cached while the container lives, or until they are forgotten because they do not work. */
export function cacheSecrets(readParameter: ReadParameter): Secrets {
  const known = new Map<string, string>();
  return {
    read: async (parameter, deadline) => {
      const kept = known.get(parameter);
      if (kept !== undefined) return kept;
      try {
        const value = (await readParameter(parameter, deadline)).trim();
        known.set(parameter, value);
        return value;
      } catch (error) {
        // Only its name: a cause would be printed in full.
        throw new UnusableSecret(
          `the parameter could not be read: ${error instanceof Error ? error.name : 'Error'}`,
        );
      }
    },
    forget: (parameter) => {
      known.delete(parameter);
    },
  };
}
