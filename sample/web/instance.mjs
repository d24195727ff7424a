/** What runs on each instance of the group: a web server that says who it is. Prints the port that it was given. */
import { createServer } from 'node:http';

// On an instance nobody holds the other end; on a laptop whoever started this may be killed, and closes it even then.
process.stdin.resume().on('end', () => process.exit());

const name = process.env.INSTANCE_ID ?? 'this machine';
const workMs = 5;

const server = createServer((_request, response) => {
  setTimeout(() => response.end(`served by ${name}\n`), workMs);
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
