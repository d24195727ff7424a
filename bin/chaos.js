#!/usr/bin/env node
/** What `./chaos` and npm's `chaos` run. */
process.argv.splice(2, 0, 'chaos');
await import('./checked.js');
