import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import net, { type Socket } from 'node:net';

/**
 * Makes names unresolvable. A lookup that fails is not enough: connections that are kept alive look up nothing. So every socket is
 * noted with the name it was opened for, and those of denied names are destroyed. Addresses instead of names, and `dns.resolve`,
 * pass.
 */
export class HostDenial {
  /** As it was: for the layer's own reads, which must see the end. */
  readonly lookup = dns.lookup;
  #patterns: readonly RegExp[] = [];
  readonly #sockets = new Map<Socket, string>();
  readonly #exempt = new WeakSet<Socket>();

  /** Denies what matches any of these from now on, and nothing else. */
  deny(patterns: readonly string[]): void {
    this.#patterns = patterns.map((pattern) => new RegExp(pattern));
    if (this.#patterns.length === 0) return;
    for (const [socket, host] of this.#sockets) if (this.denies(host)) socket.destroy(notFound(host));
  }

  denies(host: unknown): host is string {
    if (this.#patterns.length === 0 || typeof host !== 'string' || net.isIP(host) !== 0) return false;
    const name = host.toLowerCase().replace(/\.$/, '').slice(0, 255);
    return this.#patterns.some((pattern) => pattern.test(name));
  }

  /** Spares a socket, though its name is denied. */
  exempt(socket: Socket): void {
    this.#exempt.add(socket);
  }

  note(socket: Socket): void {
    // Not by diagnostics_channel: on Node 20 that does not tell of TLS.
    socket.once('lookup', (_error: unknown, _address: unknown, _family: unknown, host: unknown) => {
      if (typeof host !== 'string' || this.#exempt.has(socket)) return;
      if (this.denies(host)) {
        socket.destroy(notFound(host));
      } else {
        this.#sockets.set(socket, host);
        socket.once('close', () => this.#sockets.delete(socket));
      }
    });
  }

  /** Puts itself before `dns.lookup`, `dns.promises.lookup` and what opens sockets. Without patterns they do what they did. */
  install(): void {
    const { lookup } = dns;
    const { lookup: lookupPromise } = dns.promises;
    const { connect } = net.Socket.prototype;
    const denial = this;

    dns.lookup = disguised(lookup, function (this: unknown, ...args: unknown[]) {
      const [host, done] = [args[0], args.at(-1)];
      if (typeof done !== 'function' || !denial.denies(host)) return Reflect.apply(lookup, this, args);
      process.nextTick(done, notFound(host));
      return {};
    });
    dns.promises.lookup = disguised(lookupPromise, async function (this: unknown, ...args: unknown[]) {
      if (denial.denies(args[0])) throw notFound(args[0]);
      return Reflect.apply(lookupPromise, this, args);
    });
    net.Socket.prototype.connect = disguised(connect, function (this: Socket, ...args: unknown[]) {
      denial.note(this);
      return Reflect.apply(connect, this, args);
    });
    // For those who import by name.
    syncBuiltinESMExports();
  }
}

/** With everything that hangs on the original: `util.promisify` finds there how to turn `dns.lookup` into promises. */
function disguised<Original extends object>(original: Original, replacement: object): Original {
  return Object.defineProperties(replacement, Object.getOwnPropertyDescriptors(original)) as Original;
}

/** What Node throws where there is no such name. */
function notFound(hostname: string): Error {
  return Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), {
    errno: -3008,
    code: 'ENOTFOUND',
    syscall: 'getaddrinfo',
    hostname,
  });
}
