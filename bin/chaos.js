#!/usr/bin/env node
/** Entry point of `./chaos` and of npm's `chaos`. */
process.argv.splice(2, 0, 'chaos');
await import('./checked.js');
