import ipaddr from 'ipaddr.js';

/**
 * Returns what an address counts as where callers are counted by address. For IPv6 these are the first 64 bits: a
 * household or a rented server owns all the others (RFC 6177). Anything else is returned unchanged.
 */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString();
  return `${parsed.parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')}::/64`;
}
