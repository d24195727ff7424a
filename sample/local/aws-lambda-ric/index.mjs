/**
 * A small runtime client: asks Lambda's Runtime API for events and gives it the handler's answers. In the place of AWS's, which is
 * compiled for Linux, and of its name, by which the failure layer knows it. Source: Lambda Developer Guide, "Using the Lambda runtime
 * API".
 */
import { Agent, request } from 'node:http';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';

// Whoever started this process may be killed at any moment, and closes its end of the pipe even then.
process.stdin.resume().on('end', () => process.exit());

const agent = new Agent({ keepAlive: true });
const runtime = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime`;

function call(method, path, body) {
  return new Promise((done, failed) => {
    request(`${runtime}/${path}`, { method, agent }, (response) => {
      text(response).then((answer) => done({ headers: response.headers, answer }), failed);
    })
      .on('error', failed)
      .end(body && JSON.stringify(body));
  });
}

/** `src/index.handler`: as the failure layer has set it, if it is there. */
async function loadHandler() {
  const { _HANDLER: name = '', LAMBDA_TASK_ROOT: root = '' } = process.env;
  const dot = name.lastIndexOf('.');
  const module = await import(pathToFileURL(resolve(root, `${name.slice(0, dot)}.mjs`)).href);
  return module[name.slice(dot + 1)];
}

const describe = ({ name, message, stack }) => ({
  errorType: name,
  errorMessage: message,
  stackTrace: [stack],
});

const handler = await loadHandler().catch(async (error) => {
  await call('POST', 'init/error', describe(error));
  process.exit(1);
});

for (;;) {
  const { headers, answer } = await call('GET', 'invocation/next');
  const id = headers['lambda-runtime-aws-request-id'];
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  const context = { awsRequestId: id, getRemainingTimeInMillis: () => deadline - Date.now() };
  try {
    await call('POST', `invocation/${id}/response`, (await handler(JSON.parse(answer), context)) ?? null);
  } catch (error) {
    await call('POST', `invocation/${id}/error`, describe(error));
  }
}
