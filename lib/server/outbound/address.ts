import ipaddr from 'ipaddr.js';
import { type Address, literalAddress, unmapped } from '@/lib/server/platform/literalAddress';
import type { FetchAllow } from '@/lib/server/platform/parseFetchAllow';

/**
 * Which addresses the server may reach on somebody else's word (an image URL, a webhook). Without this check a
 * caller could read what only this machine can see: its own services, its network, its cloud's metadata
 * (server-side request forgery, CWE-918).
 *
 * Names are never judged here, only the addresses they resolve to: whoever connects resolves once, asks
 * `isReachable` for each address, and connects to exactly those (see `guardedFetch.ts`).
 */

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
  const address = literalAddress(options.address);
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
