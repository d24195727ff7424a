import { Argument, InvalidArgumentError } from 'commander';

/**
 * As groups are named in reports. The longest name has 256 characters. Control characters, which a paste may bring along, are in
 * none: neither the name of an Auto Scaling group nor the value of a tag may have them.
 */
const key = /^\d{12}\/[a-z]{2}(-[a-z0-9]+)+\/(asg|tag)\/\P{Cc}{1,256}$/u;

/** Whether a text is one, and so names one group in one account and region. */
export function isGroupKey(text: string): boolean {
  return key.test(text);
}

/** For commands that write about a group: nobody looks whether it is there, so that a name alone is not enough. */
export function groupKeyArgument(): Argument {
  return new Argument('<group>', 'its whole key, such as 111122223333/eu-west-1/asg/web').argParser(
    (text: string) => {
      if (isGroupKey(text)) return text;
      throw new InvalidArgumentError(
        'Expected a whole key, as reports name groups: 111122223333/eu-west-1/asg/web, or .../tag/web for standalone instances.',
      );
    },
  );
}
