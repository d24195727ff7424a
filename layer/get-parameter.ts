import type { IncomingMessage } from 'node:http';
import type { LookupFunction, Socket } from 'node:net';
import type { Answer } from './failure-reader.ts';
import { sign } from './sign.ts';

const timeoutMs = 1_000;
/** A value of 4 KB, escaped, and what is around it. */
const maxBytes = 64 * 1024;

/** How to reach Parameter Store. */
export interface Way {
  /** Lambda's own environment variables. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly lookup: LookupFunction;
  /** Told of the socket before that has looked up anything. */
  readonly connected: (socket: Socket) => void;
}

/**
 * Reads a parameter, without the AWS SDK, over a connection of its own: an environment that is frozen meanwhile must find no
 * broken one in a pool. Rejects after a second at the latest, or two that it was awake.
 */
export async function getParameter(name: string, { environment, lookup, connected }: Way): Promise<Answer> {
  // Not imported: an import reads every export, and among those of node:http are getters that load 10 MB of undici.
  const https = process.getBuiltinModule('node:https');
  const http = process.getBuiltinModule('node:http');
  const net = process.getBuiltinModule('node:net');
  const tls = process.getBuiltinModule('node:tls');
  const {
    AWS_REGION: region = '',
    AWS_ACCESS_KEY_ID,
    AWS_SECRET_ACCESS_KEY,
    AWS_SESSION_TOKEN,
  } = environment;
  if (AWS_ACCESS_KEY_ID === undefined || AWS_SECRET_ACCESS_KEY === undefined)
    throw new Error('NoCredentials');
  const url = endpoint(region, environment);
  const body = JSON.stringify({ Name: name });
  const headers = sign(
    { host: url.host, target: 'AmazonSSM.GetParameter', body },
    {
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      sessionToken: AWS_SESSION_TOKEN,
    },
    { region, service: 'ssm', now: Date.now() },
  );

  return await new Promise((resolve, reject) => {
    const isPlain = url.protocol === 'http:';
    const place = { host: url.hostname, port: Number(url.port || (isPlain ? 80 : 443)), lookup };
    const request = (isPlain ? http : https).request(url, {
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(body), connection: 'close' },
      createConnection: () => {
        const socket = isPlain
          ? net.connect(place)
          : tls.connect({ ...place, servername: net.isIP(url.hostname) ? '' : url.hostname });
        // A handler with a callback is done when nothing is left to wait for, and this is nothing to wait for.
        socket.unref();
        connected(socket);
        return socket;
      },
    });
    const begunAt = Date.now();
    let timer = setTimeout(() => {
      const giveUp = () => request.destroy(new Error('Timeout'));
      // An environment that was frozen meanwhile may find the answer waiting.
      if (Date.now() - begunAt < 2 * timeoutMs) giveUp();
      else timer = setTimeout(giveUp, timeoutMs / 2).unref();
    }, timeoutMs).unref();
    request.on('close', () => clearTimeout(timer)).on('error', reject);
    request.on('response', (response) => {
      readText(response)
        .then((text) => resolve(understand(response, text)))
        .catch(reject);
    });
    request.end(body);
  });
}

function endpoint(region: string, environment: Way['environment']): URL {
  const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  const { AWS_ENDPOINT_URL_SSM, AWS_ENDPOINT_URL, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS } = environment;
  const configured =
    AWS_IGNORE_CONFIGURED_ENDPOINT_URLS === 'true' ? '' : AWS_ENDPOINT_URL_SSM || AWS_ENDPOINT_URL;
  return new URL(configured || `https://ssm.${region}.${suffix}`);
}

async function readText(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new Error('TooLong');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Throws for whatever is not Parameter Store's word on the parameter. The message becomes a log line: none of the content is in it. */
function understand({ statusCode = 0, headers }: IncomingMessage, text: string): Answer {
  const answer = parseJson(text);
  const sentAt = Date.parse(headers.date ?? '');
  if (statusCode === 200) {
    const value = answer?.Parameter?.Value;
    if (typeof value !== 'string') throw new Error('NotUnderstood');
    return { value, sentAt };
  }
  const code = /\w+$/.exec(String(answer?.__type ?? ''))?.[0] ?? `Status${statusCode}`;
  if (code === 'ParameterNotFound') return { value: undefined, sentAt };
  throw new Error(code);
}

// biome-ignore lint/suspicious/noExplicitAny: whatever a server sent
function parseJson(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
