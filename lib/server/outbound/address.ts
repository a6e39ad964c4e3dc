import ipaddr from 'ipaddr.js';
import { type Address, literalAddress, unmapped } from '@/lib/server/platform/literalAddress';
import type { FetchAllow } from '@/lib/server/platform/parseFetchAllow';

/**
 * Decides which addresses the server may reach for an outsider (an image URL, a webhook). Without this check a caller
 * could read what only this machine can see: its own services, its network, its cloud's metadata (server-side request
 * forgery, CWE-918).
 * It never judges names, only the addresses that they resolve to. A caller resolves once, asks `isReachable` for each
 * address, and connects to exactly those (see `guardedFetch.ts`).
 */

/**
 * Globally routed, but only the host of a virtual machine responds: Azure's "wire server", which returns certificates
 * and settings of the machine that asks.
 * https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
 */
const AZURE_WIRE_SERVER = '168.63.129.16';

/** IPv6 space that IANA has allocated as global unicast. The rest is reserved. */
const GLOBAL_UNICAST: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('2000::'), 3];

/** RFC 6052's well-known prefix: a NAT64 network gives hosts with IPv4 only such addresses. */
const NAT64_WELL_KNOWN: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('64:ff9b::'), 96];

/**
 * Returns whether an address is on the public internet: global unicast, and not loopback, private, link-local,
 * multicast, documentation, benchmarking, inside a tunnel or otherwise reserved (IANA special-purpose registries, RFC
 * 6890).
 */
export function isPublicAddress(address: Address): boolean {
  const bare = unmapped(address);
  if (bare.kind() === 'ipv4') return bare.range() === 'unicast' && bare.toString() !== AZURE_WIRE_SERVER;
  const v6 = bare as ipaddr.IPv6;
  // RFC 6052, 3.1: the prefix must not be used for addresses that are not global, so the IPv4 inside decides.
  if (v6.match(NAT64_WELL_KNOWN)) return isPublicAddress(new ipaddr.IPv4(v6.toByteArray().slice(12)));
  // 6to4 and Teredo also embed an IPv4 address. Both are deprecated, and no image host uses them, so all are refused.
  return v6.range() === 'unicast' && v6.match(GLOBAL_UNICAST);
}

/**
 * Returns whether a connection to `address` may be opened, for a URL with `hostname` and `port`.
 * @param hostname as in the URL: an entry of `FETCH_ALLOW` may name it, whatever it resolves to
 */
export function isReachable(options: { hostname: string; port: number; address: string; allow: FetchAllow }): boolean {
  const address = literalAddress(options.address);
  // The resolver returns a zone with link-local addresses only, which no entry can name safely.
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
