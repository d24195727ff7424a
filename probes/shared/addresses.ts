import { BlockList, isIP, isIPv6 } from 'node:net';
import type { AllowedByConfig } from '#core/ports/probe.ts';

type Range = readonly [address: string, prefix: number];

const isLoopback = within([
  ['127.0.0.0', 8],
  ['::1', 128],
]);

/** Of no use to a probe, and of use to an attacker: the metadata service, and addresses that hide another one. */
const isNever = within([
  ['0.0.0.0', 8],
  // Link-local: the metadata services of EC2 and ECS, and Lambda's own.
  ['169.254.0.0', 16],
  ['192.0.0.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['fe80::', 10],
  // The metadata service, time and DNS of EC2. Source: EC2 User Guide, "Instance metadata options".
  ['fd00:ec2::', 32],
  ['ff00::', 8],
  ['fec0::', 10],
  // An IPv4 address in an IPv6 one: mapped and compatible (with them :: and ::1), NAT64, 6to4, Teredo.
  ['::', 96],
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['2002::', 16],
  ['2001::', 32],
]);

const isPrivate = within([
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
  ['198.18.0.0', 15],
  ['fc00::', 7],
]);

/** Why this address must not be asked, in a few words; undefined if it may be. Private ones may if the list has them by themselves. */
export function refusedAddress(address: string, allowed: AllowedByConfig): string | undefined {
  // A zone, as in fe80::1%eth0, belongs to link-local addresses alone.
  if (isIP(address) === 0 || address.includes('%')) return `${address} is no plain address`;
  if (isLoopback(address)) {
    return allowed.loopback ? undefined : `${address} is this machine itself`;
  }
  if (isNever(address)) return `${address} is link-local, multicast or reserved`;
  if (isPrivate(address) && !allowed.hosts.includes(address)) {
    return `${address} is private, and itself not in the list of allowed hosts (experiments.hosts of the configuration)`;
  }
  return undefined;
}

/** Why the host of a URL must not be asked; undefined if it may be, as far as its name says. `host`: as the URL parser returns it. */
export function refusedHost(host: string, allowed: AllowedByConfig): string | undefined {
  // The parser has turned 2130706433, 0x7f.1 and 0177.0.0.1 into 127.0.0.1.
  const address = host.replace(/^\[(.*)\]$/, '$1');
  if (isIP(address) !== 0) {
    const refused = refusedAddress(address, allowed);
    if (refused !== undefined) return refused;
  }
  const isThisMachine = host === 'localhost' || isLoopback(address);
  const isListed = allowed.hosts.some((pattern) => isHost(pattern, address));
  return isListed || (isThisMachine && allowed.loopback)
    ? undefined
    : `${host} is not in the list of allowed hosts (experiments.hosts of the configuration)`;
}

/** `*.example.com` is every name below it, and not itself. */
function isHost(pattern: string, host: string): boolean {
  const lower = pattern.toLowerCase();
  return lower.startsWith('*.') ? host.endsWith(lower.slice(1)) && isIP(host) === 0 : lower === host;
}

/** Whether an address is in one of these ranges. One list for each family, as an IPv4 address is in ::ffff:0:0/96 to a `BlockList`. */
function within(ranges: readonly Range[]): (address: string) => boolean {
  const lists = { ipv4: new BlockList(), ipv6: new BlockList() };
  for (const [address, prefix] of ranges)
    lists[familyOf(address)].addSubnet(address, prefix, familyOf(address));
  return (address) => lists[familyOf(address)].check(address, familyOf(address));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4';
}
