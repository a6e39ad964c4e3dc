import { describe, expect, test } from 'vitest';
import { literalAddress } from '@/lib/server/platform/literalAddress';
import { parseFetchAllow } from '@/lib/server/platform/parseFetchAllow';
import { isPublicAddress, isReachable } from './address';

/** Judged as `guardedFetch` does: the URL parser first, then the literal or, for a name, what it resolved to. */
function reachable(url: string, allow: string[] = [], resolved?: string): boolean {
  const { hostname, port, protocol } = new URL(url);
  return isReachable({
    hostname,
    port: Number(port || (protocol === 'https:' ? 443 : 80)),
    address: resolved ?? literalAddress(hostname)?.toString() ?? 'not an address',
    allow: parseFetchAllow(allow),
  });
}

describe('isPublicAddress', () => {
  test.each([
    // IANA IPv4 special-purpose address registry, first and last of each block.
    ['this network', '0.0.0.0', '0.255.255.255'],
    ['private 10/8', '10.0.0.0', '10.255.255.255'],
    ['carrier-grade NAT', '100.64.0.0', '100.127.255.255'],
    ['loopback', '127.0.0.1', '127.255.255.255'],
    ['link-local, cloud metadata', '169.254.0.0', '169.254.169.254'],
    ['private 172.16/12', '172.16.0.0', '172.31.255.255'],
    ['IETF protocol assignments', '192.0.0.0', '192.0.0.192'],
    ['TEST-NET-1', '192.0.2.0', '192.0.2.255'],
    ['6to4 relay anycast', '192.88.99.0', '192.88.99.255'],
    ['private 192.168/16', '192.168.0.0', '192.168.255.255'],
    ['benchmarking', '198.18.0.0', '198.19.255.255'],
    ['TEST-NET-2', '198.51.100.0', '198.51.100.255'],
    ['TEST-NET-3', '203.0.113.0', '203.0.113.255'],
    ['multicast', '224.0.0.1', '239.255.255.255'],
    ['reserved', '240.0.0.0', '255.255.255.254'],
    ['broadcast', '255.255.255.255', '255.255.255.255'],
    ['Azure wire server', '168.63.129.16', '::ffff:168.63.129.16'],
    // IANA IPv6 special-purpose address registry.
    ['unspecified and loopback', '::', '::1'],
    ['IPv4-compatible', '::7f00:1', '::8.8.8.8'],
    ['IPv4-mapped private', '::ffff:127.0.0.1', '::ffff:a9fe:a9fe'],
    ['IPv4-translated (RFC 6145)', '::ffff:0:7f00:1', '::ffff:0:808:808'],
    ['NAT64 of private', '64:ff9b::7f00:1', '64:ff9b::10.0.0.1'],
    ['NAT64 local use', '64:ff9b:1::1', '64:ff9b:1::808:808'],
    ['discard', '100::', '100::ffff:ffff:ffff:ffff'],
    ['Teredo', '2001::1', '2001:0:ffff:ffff::1'],
    ['benchmarking', '2001:2::', '2001:2:0:ffff::1'],
    ['ORCHID', '2001:10::1', '2001:20::1'],
    ['documentation', '2001:db8::1', '3fff::1'],
    ['6to4', '2002:7f00:1::', '2002:808:808::'],
    ['segment routing', '5f00::1', '5f00:ffff::1'],
    ['unique local, AWS metadata', 'fc00::1', 'fd00:ec2::254'],
    ['link-local', 'fe80::1', 'febf::1'],
    ['site-local', 'fec0::1', 'feff::1'],
    ['multicast', 'ff02::1', 'ff0e::1'],
    ['outside 2000::/3', '4000::1', 'e000::1'],
  ])('%s is not public', (_what, first, last) => {
    for (const text of [first, last]) {
      const address = literalAddress(text);
      expect(address && isPublicAddress(address), text).toBe(false);
    }
  });

  test.each([
    '1.1.1.1',
    '8.8.8.8',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '128.0.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '223.255.255.255',
    '2606:4700:4700::1111',
    '2a00:1450:4001::1',
    '::ffff:8.8.8.8',
    '64:ff9b::808:808',
  ])('%s is public', (text) => {
    const address = literalAddress(text);
    expect(address && isPublicAddress(address)).toBe(true);
  });
});

describe('isReachable', () => {
  test.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://127.0.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0x7f.0.0.1/',
    'http://0x7f.1/',
    'http://017700000001/',
    'http://0177.0.0.1/',
    'http://0177.0x0.0.1/',
    'http://127.000.000.001/',
    'http://127.0.0.1./',
    'http://%31%32%37.0.0.1/',
    'http://１２７.０.０.１/',
    'http://①②⑦.⓪.⓪.①/',
    'http://127。0。0。1/',
    'http:\\\\127.0.0.1\\',
    'http:127.0.0.1/',
    'http:/127.0.0.1/',
    'http:////127.0.0.1/',
    'ht\ntp://127.\t0.0.1/',
    ' http://127.0.0.1/ ',
    'http://example.com@127.0.0.1/',
    'http://example.com\\@127.0.0.1/',
    'http://0/',
    'http://0.0.0.0:80/',
    'http://00000000/',
    'http://[::1]/',
    'http://[0:0:0:0:0:0:0:1]/',
    'http://[::]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[0:0:0:0:0:ffff:169.254.169.254]/',
    'http://[::127.0.0.1]/',
    'http://[64:ff9b::127.0.0.1]/',
    'http://[2002:7f00:1::]/',
    'http://[fe80::1]/',
    'http://[fd00::1]/',
    'https://169.254.169.254/latest/meta-data/',
    'https://0xa9fea9fe/',
    'https://2852039166/',
  ])('refuses %j', (url) => {
    expect(reachable(url)).toBe(false);
  });

  test.each([
    'http://127.0.0.1:99999/',
    'http://256.256.256.256/',
    'http://127.0.0.0x100/',
    'http://1.2.3.4.5/',
    'http://[::1%25lo]/',
    'http://[127.0.0.1]/',
    'http://127.0.0.1%00.example.com/',
    'http:///',
  ])('%j is not a URL at all', (url) => {
    expect(URL.canParse(url)).toBe(false);
  });

  test('judges a name by what it resolved to', () => {
    expect(reachable('https://example.com/', [], '8.8.8.8')).toBe(true);
    expect(reachable('https://localtest.me/', [], '127.0.0.1')).toBe(false);
    expect(reachable('https://example.com/', [], '::ffff:10.0.0.1')).toBe(false);
    expect(reachable('https://printer.local/', [], 'fe80::1%eth0')).toBe(false);
  });

  test.each([
    ['a name, whatever it resolves to', ['Cams.Internal'], 'http://cams.internal./x', '10.1.2.3', true],
    ['a name, on any port', ['cams.internal'], 'http://cams.internal:8080/', '10.1.2.3', true],
    ['not a name below it', ['internal'], 'http://cams.internal/', '10.1.2.3', false],
    ['a name on its port', ['cams.internal:8080'], 'http://cams.internal:8080/', '10.1.2.3', true],
    ['not on another port', ['cams.internal:8080'], 'http://cams.internal:8081/', '10.1.2.3', false],
    ['the default port counts', ['cams.internal:443'], 'https://cams.internal/', '10.1.2.3', true],
    ['an international name', ['kamera.münchen'], 'http://kamera.xn--mnchen-3ya/', '10.1.2.3', true],
    ['an address', ['127.0.0.1'], 'http://127.0.0.1/', '127.0.0.1', true],
    ['an address behind a name', ['127.0.0.1'], 'http://localhost/', '127.0.0.1', true],
    ['an address mapped to IPv6', ['127.0.0.1'], 'http://[::ffff:127.0.0.1]/', '::ffff:127.0.0.1', true],
    ['an address on its port', ['127.0.0.1:3001'], 'http://0x7f.1:3001/', '127.0.0.1', true],
    ['not on another', ['127.0.0.1:3001'], 'http://127.0.0.1/', '127.0.0.1', false],
    ['an IPv6 address', ['::1'], 'http://[::1]/', '::1', true],
    ['an IPv6 address on its port', ['[::1]:3001'], 'http://[0::1]:3001/', '::1', true],
    ['not the other family', ['::1'], 'http://127.0.0.1/', '127.0.0.1', false],
    ['a block', ['10.0.0.0/8'], 'http://x.internal/', '10.200.0.1', true],
    ['not beside the block', ['10.0.0.0/8'], 'http://x.internal/', '192.168.0.1', false],
    ['an IPv6 block', ['fd00::/8'], 'http://x.internal/', 'fd12::1', true],
    ['a mapped address in a block', ['10.0.0.0/8'], 'http://x.internal/', '::ffff:10.0.0.1', true],
    ['one of several', ['a.internal', '10.0.0.0/8'], 'http://x.internal/', '10.0.0.1', true],
  ])('FETCH_ALLOW may name %s', (_what, allow, url, resolved, expected) => {
    expect(reachable(url, allow, resolved)).toBe(expected);
  });
});
