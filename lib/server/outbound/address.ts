import ipaddr from 'ipaddr.js';

/**
 * Which addresses the server may reach on somebody else's word (an image URL, a webhook). Without this check a
 * caller could read what only this machine can see: its own services, its network, its cloud's metadata
 * (server-side request forgery, CWE-918).
 *
 * Names are never judged here, only the addresses they resolve to: whoever connects resolves once, asks
 * `isReachable` for each address, and connects to exactly those (see `guardedFetch.ts`).
 */

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** One entry of `FETCH_ALLOW`. */
type AllowEntry =
  | { kind: 'name'; name: string; port: number | null }
  | { kind: 'block'; address: Address; prefix: number; port: number | null };

/** What `FETCH_ALLOW` says, parsed by `parseFetchAllow`. */
export type FetchAllow = readonly AllowEntry[];

/**
 * Globally routed, but only answered by the host under a virtual machine: Azure's "wire server", which hands out
 * certificates and settings of the machine that asks.
 * https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
 */
const AZURE_WIRE_SERVER = '168.63.129.16';

/** IPv6 space that IANA has given out as global unicast. Whatever lies outside is reserved. */
const GLOBAL_UNICAST: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('2000::'), 3];

/** RFC 6052's well-known prefix: a NAT64 network gives IPv4-only hosts such addresses. */
const NAT64_WELL_KNOWN: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('64:ff9b::'), 96];

/**
 * Parses the entries of `FETCH_ALLOW`: host names, addresses or CIDR blocks; a name or an address may carry a port
 * (`[::1]:8080` for IPv6).
 *
 * @throws Error whose message names the entry that is wrong
 */
export function parseFetchAllow(entries: readonly string[]): FetchAllow {
  return entries.map(parseEntry);
}

function parseEntry(entry: string): AllowEntry {
  if (entry.includes('/')) {
    if (!ipaddr.isValidCIDR(entry)) throw new Error(`"${entry}" is not a CIDR block such as 10.0.0.0/8`);
    const [address, prefix] = ipaddr.parseCIDR(entry);
    return { kind: 'block', address, prefix, port: null };
  }
  if (ipaddr.IPv6.isValid(entry)) return block(ipaddr.IPv6.parse(entry), null);

  const match = /^(?<host>\[[^\]]+\]|[^:[\]]+)(?::(?<port>\d{1,5}))?$/.exec(entry);
  const host = match?.groups?.host;
  const port = match?.groups?.port === undefined ? null : Number(match.groups.port);
  if (host === undefined || (port !== null && (port < 1 || port > 65535))) {
    throw new Error(`"${entry}" is neither a host, host:port, nor a CIDR block`);
  }
  const hostname = normaliseHost(host);
  if (hostname === null) throw new Error(`"${entry}" is not a host name`);
  const literal = literalAddress(hostname);
  return literal === null ? { kind: 'name', name: hostname, port } : block(literal, port);
}

function block(address: Address, port: number | null): AllowEntry {
  const bare = unmapped(address);
  return { kind: 'block', address: bare, prefix: bare.kind() === 'ipv4' ? 32 : 128, port };
}

/** A host as the WHATWG URL parser writes it (lower case, punycode, `0x7f.1` → `127.0.0.1`), without the root's dot. */
function normaliseHost(host: string): string | null {
  if (!URL.canParse(`http://${host}/`)) return null;
  return new URL(`http://${host}/`).hostname.replace(/\.$/, '');
}

/** The address a URL's `hostname` spells out, or null if it is a name. */
export function literalAddress(hostname: string): Address | null {
  return parseAddress(hostname.startsWith('[') && hostname.endsWith(']') ? hostname.slice(1, -1) : hostname);
}

/** Null for what is no address, and for one with a zone (`fe80::1%eth0`). */
function parseAddress(text: string): Address | null {
  if (!text.includes(':')) return ipaddr.IPv4.isValid(text) ? ipaddr.IPv4.parse(text) : null;
  // Written by the URL parser first: ipaddr.js takes `::8.8.8.8` for `::ffff:8.8.8.8`, which is another address.
  if (!URL.canParse(`http://[${text}]/`)) return null;
  return ipaddr.IPv6.parse(new URL(`http://[${text}]/`).hostname.slice(1, -1));
}

/**
 * Whether an address is on the public internet: global unicast, and nothing that is loopback, private, link-local,
 * multicast, documentation, benchmarking, a tunnel's inside or otherwise reserved
 * (IANA special-purpose registries, RFC 6890).
 */
export function isPublicAddress(address: Address): boolean {
  const bare = unmapped(address);
  if (bare.kind() === 'ipv4') return bare.range() === 'unicast' && bare.toString() !== AZURE_WIRE_SERVER;
  const v6 = bare as ipaddr.IPv6;
  // RFC 6052, 3.1: the prefix must not be used for addresses that are not global, so the IPv4 inside decides.
  if (v6.match(NAT64_WELL_KNOWN)) return isPublicAddress(new ipaddr.IPv4(v6.toByteArray().slice(12)));
  // 6to4 and Teredo also embed an IPv4 address; both are deprecated and no image host lives there, so none is let through.
  return v6.range() === 'unicast' && v6.match(GLOBAL_UNICAST);
}

/**
 * Whether a connection to `address` may be opened, for a URL that says `hostname` and `port`.
 *
 * @param hostname as the URL has it: an entry of `FETCH_ALLOW` may name it whatever it resolves to
 */
export function isReachable(options: { hostname: string; port: number; address: string; allow: FetchAllow }): boolean {
  const address = parseAddress(options.address);
  // The resolver gives a zone with link-local addresses only, which no entry can name safely.
  if (address === null) return false;
  if (isPublicAddress(address)) return true;
  const name = options.hostname.toLowerCase().replace(/\.$/, '');
  return options.allow.some((entry) => {
    if (entry.port !== null && entry.port !== options.port) return false;
    if (entry.kind === 'name') return entry.name === name;
    const bare = unmapped(address);
    return bare.kind() === entry.address.kind() && bare.match(entry.address, entry.prefix);
  });
}

/** `::ffff:10.0.0.1` reaches 10.0.0.1: it is judged as that. */
function unmapped(address: Address): Address {
  return address.kind() === 'ipv6' && (address as ipaddr.IPv6).isIPv4MappedAddress()
    ? (address as ipaddr.IPv6).toIPv4Address()
    : address;
}
