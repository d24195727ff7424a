/** Reads a parameter's decrypted value, not past `deadline` (epoch ms). */
export type ReadParameter = (name: string, deadline: number) => Promise<string>;

/** A webhook's URL could not be had. Says which parameter, never what is in it. */
export class NoWebhookUrl extends Error {
  override readonly name = 'NoWebhookUrl';
}

export interface WebhookUrls {
  /** Throws `NoWebhookUrl`. */
  read(parameter: string, deadline: number): Promise<URL>;
  /** The next `read` asks again. */
  forget(parameter: string): void;
}

/** Webhook URLs, kept for as long as the container lives, or until they are forgotten because they no longer work. */
export function webhookUrls(readParameter: ReadParameter): WebhookUrls {
  const known = new Map<string, URL>();
  return {
    read: async (parameter, deadline) => {
      const kept = known.get(parameter);
      if (kept !== undefined) return kept;
      let value: string;
      try {
        value = await readParameter(parameter, deadline);
      } catch (error) {
        // Its name only: a cause would be printed with all it holds.
        throw new NoWebhookUrl(
          `the parameter could not be read: ${error instanceof Error ? error.name : 'Error'}`,
        );
      }
      // Not `new URL`: its error carries the input.
      const url = URL.parse(value.trim());
      if (url?.protocol !== 'https:') throw new NoWebhookUrl('the parameter does not hold an https URL');
      known.set(parameter, url);
      return url;
    },
    forget: (parameter) => {
      known.delete(parameter);
    },
  };
}
