import { isRuntime } from './is-runtime.ts';

/**
 * Runs before Lambda's runtime, by NODE_OPTIONS. Whatever the function starts inherits that and comes here too, and loads no more
 * than this.
 */
if (isRuntime(process.argv[1])) await import('./install.ts');
