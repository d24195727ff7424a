// OpenTelemetry, set up as its layer for Lambda does: the hooks for ES modules only where `_HANDLER` names one, or on Node 24.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire, register } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const {
  OTEL_FOLDER: folder,
  LAMBDA_TASK_ROOT: root,
  _HANDLER: name,
  AWS_EXECUTION_ENV: runtime,
} = process.env;
const require = createRequire(join(folder, 'index.js'));
const { AwsLambdaInstrumentation } = require('@opentelemetry/instrumentation-aws-lambda');
const { NodeTracerProvider, SimpleSpanProcessor } = require('@opentelemetry/sdk-trace-node');

const exporter = {
  export(spans, done) {
    for (const span of spans) process.stderr.write(`SPAN ${span.name}\n`);
    done({ code: 0 });
  },
  shutdown: async () => {},
};
const tracerProvider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
tracerProvider.register();
new AwsLambdaInstrumentation().setTracerProvider(tracerProvider);

const file = join(name.startsWith('/') ? '/' : root, name.slice(0, name.lastIndexOf('.')));
const isModule =
  existsSync(`${file}.mjs`) ||
  (existsSync(`${file}.js`) &&
    JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).type === 'module');
if (isModule || runtime === 'AWS_Lambda_nodejs24.x') {
  process.stderr.write('HOOKS for ES modules\n');
  register('import-in-the-middle/hook.mjs', pathToFileURL(join(folder, 'index.js')));
}
