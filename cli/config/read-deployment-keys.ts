import { messageOf } from '#core/util/error-text.ts';
import { readConfig } from '#lib/config/read-config.ts';

/** The keys of a configuration that describe the deployment, unchecked, or the reason why they cannot be read. Serializable. */
export type ConfigAnswer = { readonly config: unknown } | { readonly error: string };

/** Reads the keys. If the configuration is a module, it runs in this process. */
export async function configAnswer(path: string): Promise<ConfigAnswer> {
  try {
    const { master, schedule, leashed, accounts, regions, experiments } = Object(await readConfig(path));
    return {
      config: {
        ...{ master, timeZone: schedule?.timeZone, leashed, accounts, regions },
        deploysExperiments: experiments?.deploy,
      },
    };
  } catch (error) {
    return { error: messageOf(error) };
  }
}
