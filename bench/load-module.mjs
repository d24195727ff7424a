// Plain JavaScript, so that stripping types is not part of what is measured.
await import(process.argv[2]);
process.send('ready');
