import ipaddr from 'ipaddr.js';
import { type Address, literalAddress, unmapped } from './literalAddress';

/** One entry of `FETCH_ALLOW`. A port of null means every port. */
type AllowEntry =
  | { kind: 'name'; name: string; port: number | null }
  | { kind: 'block'; address: Address; prefix: number; port: number | null };

/** Private hosts that image URLs and webhooks may reach: `FETCH_ALLOW`. */
export type FetchAllow = readonly AllowEntry[];

/** A host with an optional port. An IPv6 address is in brackets. */
const HOST_AND_PORT = /^(?<host>\[[^\]]*\]|[^:[\]]+)(?::(?<port>\d{1,5}))?$/;
/** Characters of a name. URLs also accept `%41`, `①` and `。`, which are mistakes here. */
const NAME_CHARACTERS = /^[\p{L}\p{M}\p{Nd}._-]+$/u;
/** Letters, digits and hyphens (RFC 1123, 2.1), and the underscores that containers have in their names. */
const LABEL = /^[a-z0-9_-]+$/;

/**
 * Parses one entry of `FETCH_ALLOW`: a host name, an address or a CIDR block. A name or an address may have a port
 * (`[::1]:8080` for IPv6).
 * @throws Error whose message quotes the entry and says what is wrong
 */
export function parseAllowEntry(entry: string): AllowEntry {
  if (entry.includes('/')) return parseBlock(entry);
  // IPv6 without brackets, whose last group could be taken for a port.
  if (entry.split(':').length > 2 && !entry.startsWith('[')) return parseAddress(entry, entry, null);

  const { host, port } = HOST_AND_PORT.exec(entry)?.groups ?? {};
  if (host === undefined) throw new Error(`"${entry}" is neither a host, host:port, nor a CIDR block`);
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65535)) {
    throw new Error(`"${entry}" has no port from 1 to 65535`);
  }
  const number = port === undefined ? null : Number(port);
  if (host.startsWith('[')) return parseAddress(entry, host.slice(1, -1), number);

  const hostname = hostnameOf(host);
  if (hostname === null) throw new Error(`"${entry}" is not a host name`);
  const literal = literalAddress(hostname);
  return literal === null ? { kind: 'name', name: hostname, port: number } : single(literal, number);
}

/** Parses all entries of `FETCH_ALLOW`, see {@link parseAllowEntry}. */
export function parseFetchAllow(entries: readonly string[]): FetchAllow {
  return entries.map(parseAllowEntry);
}

function parseBlock(entry: string): AllowEntry {
  const [text = '', bits = '', ...rest] = entry.split('/');
  // Four parts, because `10/8` would be 0.0.0.10/8, which nobody means.
  const address = ipaddr.IPv4.isValidFourPartDecimal(text) || text.includes(':') ? literalAddress(text) : null;
  const prefix = /^\d{1,3}$/.test(bits) ? Number(bits) : Number.NaN;
  if (address === null || rest.length > 0 || !(prefix <= (address.kind() === 'ipv4' ? 32 : 128))) {
    throw new Error(`"${entry}" is not a CIDR block such as 10.0.0.0/8`);
  }
  const bare = unmapped(address);
  if (bare !== address && prefix >= 96) return { kind: 'block', address: bare, prefix: prefix - 96, port: null };
  return { kind: 'block', address, prefix, port: null };
}

function parseAddress(entry: string, text: string, port: number | null): AllowEntry {
  const address = text.includes(':') ? literalAddress(text) : null;
  if (address === null) throw new Error(`"${entry}" is not an IPv6 address`);
  return single(address, port);
}

function single(address: Address, port: number | null): AllowEntry {
  const bare = unmapped(address);
  return { kind: 'block', address: bare, prefix: bare.kind() === 'ipv4' ? 32 : 128, port };
}

/**
 * Returns a host as the URL parser normalises it (lower case, punycode, `0x7f.1` → `127.0.0.1`), without the final dot.
 * Returns null for what cannot be a host.
 */
function hostnameOf(host: string): string | null {
  if (!NAME_CHARACTERS.test(host) || !URL.canParse(`http://${host}/`)) return null;
  const { hostname } = new URL(`http://${host}/`);
  const name = hostname.endsWith('.') ? hostname.slice(0, -1) : hostname;
  const isName = name.split('.').every((label) => LABEL.test(label) && !label.startsWith('-') && !label.endsWith('-'));
  return isName ? name : null;
}
