import { Option } from 'commander';
import * as z from 'zod';

/** The values of `setOption`, in the order given. */
export const SetValues = z.array(z.string()).default([]);

/** For commands that read the file of an experiment. Not variadic: the file may follow it. */
export function setOption(): Option {
  return new Option(
    '--set <path=value>',
    'replaces a value of the file, as in steadyState.probes.page.url=https://staging.example.com/; may be given several times',
  ).argParser((setting: string, before: readonly string[] = []) => [...before, setting]);
}
