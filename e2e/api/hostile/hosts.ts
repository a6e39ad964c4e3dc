import type { ErrorCode } from '../../../lib/shared/contract/errors';
import { type HostileCase, imageUrlCase, postJson } from './hostileCase';

const AT_ONCE: [path: string, expected: ErrorCode][] = [
  ['/not-found', 'IMAGE_HOST_FAILED'],
  ['/forbidden', 'IMAGE_HOST_FAILED'],
  ['/broken', 'IMAGE_HOST_FAILED'],
  ['/not-modified', 'IMAGE_HOST_FAILED'],
  ['/redirect-nowhere', 'IMAGE_HOST_FAILED'],
  ['/loop', 'IMAGE_HOST_FAILED'],
  ['/hop4', 'IMAGE_HOST_FAILED'],
  // Three redirects are followed. The file behind them is the one that fails.
  ['/hop3', 'IMAGE_UNDECODABLE'],
  ['/no-content', 'IMAGE_UNDECODABLE'],
  ['/empty', 'IMAGE_UNDECODABLE'],
  ['/sign-in', 'IMAGE_TYPE_UNSUPPORTED'],
  ['/text-as-jpeg', 'IMAGE_TYPE_UNSUPPORTED'],
  ['/huge-length', 'IMAGE_TOO_LARGE'],
  ['/endless', 'IMAGE_TOO_LARGE'],
  ['/endless-chunks', 'IMAGE_TOO_LARGE'],
  ['/gzip-bomb', 'IMAGE_TOO_LARGE'],
  ['/brotli-bomb', 'IMAGE_TOO_LARGE'],
  ['/endless-headers', 'IMAGE_HOST_FAILED'],
  ['/reset', 'IMAGE_HOST_FAILED'],
  ['/cut', 'IMAGE_HOST_FAILED'],
  ['/cut-chunk', 'IMAGE_HOST_FAILED'],
  ['/broken-chunk', 'IMAGE_HOST_FAILED'],
  ['/nothing', 'IMAGE_HOST_FAILED'],
  ['/ssh', 'IMAGE_HOST_FAILED'],
  ['/http09', 'IMAGE_HOST_FAILED'],
  ['/bad-status', 'IMAGE_HOST_FAILED'],
  ['/bad-header', 'IMAGE_HOST_FAILED'],
  ['/two-lengths', 'IMAGE_HOST_FAILED'],
  ['/length-and-chunks', 'IMAGE_HOST_FAILED'],
  ['/bad-gzip', 'IMAGE_HOST_FAILED'],
  ['/cut-gzip', 'IMAGE_HOST_FAILED'],
  ['/gzip-twice', 'IMAGE_HOST_FAILED'],
  ['/unknown-encoding', 'IMAGE_HOST_FAILED'],
];

/** Each takes until the server times out. */
const SLOW: [path: string, expected: ErrorCode | ErrorCode[]][] = [
  ['/silent', 'IMAGE_HOST_TIMEOUT'],
  ['/trickle', 'IMAGE_HOST_TIMEOUT'],
  ['/trickle-headers', 'IMAGE_HOST_TIMEOUT'],
  ['/endless-continue', 'IMAGE_HOST_TIMEOUT'],
  ['/slow-redirects', 'IMAGE_HOST_TIMEOUT'],
  // The parser may give up before the timeout.
  ['/endless-chunk-extension', ['IMAGE_HOST_TIMEOUT', 'IMAGE_HOST_FAILED']],
];

/** Returns the cases of hosts that fail at once. */
export function hostCases(): HostileCase[] {
  return [
    ...AT_ONCE.map(([path, expected]) =>
      afterAnAnswer(imageUrlCase({ name: `of a host: ${path}`, url: ({ host }) => host.origin + path, expected })),
    ),
    imageUrlCase({ name: 'of a closed port', url: ({ host }) => host.closedOrigin, expected: 'IMAGE_HOST_FAILED' }),
    imageUrlCase({
      name: 'with TLS where there is none',
      url: ({ host }) => `${host.origin.replace('http:', 'https:')}/empty`,
      expected: 'IMAGE_HOST_FAILED',
    }),
    imageUrlCase({
      name: 'of a name that does not exist',
      url: 'http://no-such-host.invalid/a.jpg',
      expected: 'IMAGE_HOST_FAILED',
    }),
  ];
}

/**
 * Lets the host succeed first. Several failures in a row would open its circuit, and the next case would not be
 * fetched.
 */
const afterAnAnswer = (hostile: HostileCase): HostileCase => ({
  ...hostile,
  async send(target) {
    await postJson(target, '/face/match', { image_url: `${target.host.origin}/not-found` });
    return hostile.send(target);
  },
});

/** Returns the cases of hosts that are silent or slow. They should be sent at the same time. */
export function slowHostCases(): HostileCase[] {
  return [
    ...SLOW.map(([path, expected]) =>
      imageUrlCase({ name: `of a host: ${path}`, url: ({ host }) => host.origin + path, expected }),
    ),
    imageUrlCase({ name: 'of a mute host', url: ({ host }) => host.muteOrigin, expected: 'IMAGE_HOST_TIMEOUT' }),
    imageUrlCase({
      name: 'of a host that never makes the TLS handshake',
      url: ({ host }) => host.muteOrigin.replace('http:', 'https:'),
      expected: 'IMAGE_HOST_TIMEOUT',
    }),
  ];
}
