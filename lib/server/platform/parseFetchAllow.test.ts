import { describe, expect, test } from 'vitest';
import { parseEnv } from './env';
import { parseFetchAllow } from './parseFetchAllow';

/** An entry as text: what it allows. */
function allowed(entry: string): string {
  const [parsed] = parseEnv({ FETCH_ALLOW: entry }).FETCH_ALLOW;
  if (!parsed) throw new Error('nothing was parsed');
  const what = parsed.kind === 'name' ? parsed.name : `${parsed.address}/${parsed.prefix}`;
  return parsed.port === null ? what : `${what} port ${parsed.port}`;
}

describe('an entry of FETCH_ALLOW is judged when the server starts', () => {
  test.each([
    ['photos.local', 'photos.local'],
    ['Photos.Local:8080', 'photos.local port 8080'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['bücher.example:80', 'xn--bcher-kva.example port 80'],
    ['host.', 'host'],
    ['my_container_1', 'my_container_1'],
    ['a-b.c-d', 'a-b.c-d'],
    ['127.0.0.1', '127.0.0.1/32'],
    ['127.0.0.1:8000', '127.0.0.1/32 port 8000'],
    ['0x7f.1', '127.0.0.1/32'],
    ['::1', '::1/128'],
    ['::ffff:10.0.0.1', '10.0.0.1/32'],
    ['::8.8.8.8', '::808:808/128'],
    ['[::1]', '::1/128'],
    ['[fd00::1]:9000', 'fd00::1/128 port 9000'],
    ['10.0.0.0/8', '10.0.0.0/8'],
    ['fd00::/8', 'fd00::/8'],
    ['::ffff:10.0.0.0/104', '10.0.0.0/8'],
    ['0.0.0.0/0', '0.0.0.0/0'],
  ])('%s is taken', (entry, what) => {
    expect(allowed(entry)).toBe(what);
  });

  test.each([
    ['*.example.com', 'is not a host name'],
    ['-a', 'is not a host name'],
    ['a-:80', 'is not a host name'],
    ['a..b', 'is not a host name'],
    ['.', 'is not a host name'],
    ['②', 'is not a host name'],
    ['%31.0.0.1', 'is not a host name'],
    ['user@host', 'is not a host name'],
    ['host?x', 'is not a host name'],
    ['host#x', 'is not a host name'],
    ['host\\x', 'is not a host name'],
    ['300.300.300.300', 'is not a host name'],
    ['1.2.3.4.5', 'is not a host name'],
    ['host:0', 'has no port from 1 to 65535'],
    ['host:65536', 'has no port from 1 to 65535'],
    [':80', 'is neither a host'],
    ['host:', 'is neither a host'],
    ['host:80:80', 'is not an IPv6 address'],
    ['[::1', 'is neither a host'],
    ['[]', 'is not an IPv6 address'],
    ['[zz]:80', 'is not an IPv6 address'],
    ['[127.0.0.1]', 'is not an IPv6 address'],
    ['fe80::1%eth0', 'is not an IPv6 address'],
    ['10.0.0.0/33', 'is not a CIDR block'],
    ['10.0.0.0/', 'is not a CIDR block'],
    ['10/8', 'is not a CIDR block'],
    ['10.0.0.0/8/8', 'is not a CIDR block'],
    ['fd00::/129', 'is not a CIDR block'],
    ['http://host', 'is not a CIDR block'],
  ])('%s is refused, by its name and why', (entry, why) => {
    const wanted = 'must be a list, separated by commas or spaces, of hosts, host:port, addresses or CIDR blocks';
    expect(() => parseEnv({ FETCH_ALLOW: `photos.local, ${entry}` })).toThrow(
      `FETCH_ALLOW ${wanted}; "${entry}" ${why}`,
    );
    expect(() => parseFetchAllow([entry])).toThrow(why);
  });
});
