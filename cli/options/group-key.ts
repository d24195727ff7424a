import { Argument, InvalidArgumentError } from 'commander';

/**
 * The key of a group as reports show it. Names have at most 256 characters, and no control characters, which may come with pasted text:
 * AWS allows them neither in the names of Auto Scaling groups nor in tag values.
 */
const key = /^\d{12}\/[a-z]{2}(-[a-z0-9]+)+\/(asg|tag)\/\P{Cc}{1,256}$/u;

/** Whether a text is a full key, which names one group in one account and region. */
export function isGroupKey(text: string): boolean {
  return key.test(text);
}

/** For commands that write a group's record: nothing checks that the group exists, so a name alone is not enough. */
export function groupKeyArgument(): Argument {
  return new Argument('<group>', 'the full key, such as 111122223333/eu-west-1/asg/web').argParser(
    (text: string) => {
      if (isGroupKey(text)) return text;
      throw new InvalidArgumentError(
        'Expected a full key, as shown in reports: 111122223333/eu-west-1/asg/web, or .../tag/web for standalone instances.',
      );
    },
  );
}
