import { messageOf } from '#core/util/error-text.ts';
import { readConfig } from '#lib/config/read-config.ts';

/** What a configuration says of the deployment, unchecked, or why it says nothing. To be sent from one process to another. */
export type ConfigAnswer = { readonly config: unknown } | { readonly error: string };

/** Runs the configuration, where it is a module, in this process. */
export async function configAnswer(path: string): Promise<ConfigAnswer> {
  try {
    const { master, schedule, leashed, accounts, regions } = Object(await readConfig(path));
    return { config: { master, timeZone: schedule?.timeZone, leashed, accounts, regions } };
  } catch (error) {
    return { error: messageOf(error) };
  }
}
