/**
 * Runs what may print as it likes, a configuration for one, with its stdout on stderr: ours is what was asked for, often JSON, and
 * nothing else. `console` writes by the same method.
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
