import { Option } from 'commander';

/** For every command that reads the configuration. */
export function configOption(): Option {
  return new Option(
    '--config <path>',
    'the configuration (default: chaos.config.* in this folder, else the one of the repository)',
  );
}

export function jsonOption(of: string): Option {
  return new Option('--json', `print ${of} as JSON on stdout, and everything else on stderr`);
}

/** For commands that ask the deployed function otherwise. */
export function sandboxOption(): Option {
  return new Option(
    '--sandbox',
    'ask an embedded AWS that mirrors the configuration; nothing real is looked at',
  );
}
