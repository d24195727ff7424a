/**
 * Lets names below localhost be this machine, as RFC 6761 asks of resolvers and not all of them do. So a function on a laptop asks
 * AWS by names such as dynamodb.eu-west-1.localhost, which can be denied like those of AWS.
 */
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';

const { lookup } = dns;
dns.lookup = Object.assign(
  (host, ...others) => lookup(/\.localhost$/.test(host) ? '127.0.0.1' : host, ...others),
  // Whatever else hangs on it, such as how to promisify it.
  lookup,
);
syncBuiltinESMExports();
