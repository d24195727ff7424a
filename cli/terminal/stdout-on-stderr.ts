/**
 * Runs code that may print anything, such as a configuration, with stdout redirected to stderr: our own stdout must contain only the
 * result, often JSON. `console` writes through the same method.
 */
export async function withStdoutOnStderr<Value>(task: () => Promise<Value>): Promise<Value> {
  const { stdout, stderr } = process;
  const { write } = stdout;
  stdout.write = stderr.write.bind(stderr);
  try {
    return await task();
  } finally {
    stdout.write = write;
  }
}
