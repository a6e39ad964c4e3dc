import ipaddr from 'ipaddr.js';

export type Address = ipaddr.IPv4 | ipaddr.IPv6;

/**
 * Returns the address in a URL's `hostname` (`127.0.0.1`, `[::1]`). Returns null for a name, and for an address with a
 * zone (`fe80::1%eth0`).
 */
export function literalAddress(hostname: string): Address | null {
  const text = hostname.startsWith('[') && hostname.endsWith(']') ? hostname.slice(1, -1) : hostname;
  if (!text.includes(':')) return ipaddr.IPv4.isValid(text) ? ipaddr.IPv4.parse(text) : null;
  // The URL parser normalises it first: ipaddr.js takes `::8.8.8.8` for `::ffff:8.8.8.8`, which is another address.
  if (!URL.canParse(`http://[${text}]/`)) return null;
  return ipaddr.IPv6.parse(new URL(`http://[${text}]/`).hostname.slice(1, -1));
}

/** Returns the IPv4 address inside `::ffff:10.0.0.1`, which reaches 10.0.0.1. Returns any other address unchanged. */
export function unmapped(address: Address): Address {
  return address.kind() === 'ipv6' && (address as ipaddr.IPv6).isIPv4MappedAddress()
    ? (address as ipaddr.IPv6).toIPv4Address()
    : address;
}
