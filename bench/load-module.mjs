// Plain JavaScript, so that type stripping is not measured.
await import(process.argv[2]);
process.send('ready');
