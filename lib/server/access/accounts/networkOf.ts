import ipaddr from 'ipaddr.js';

/**
 * What an address counts as where callers are counted by address: of IPv6 the first 64 bits, because a household or a rented
 * server has all the others to itself (RFC 6177). Anything else is taken as it is.
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
