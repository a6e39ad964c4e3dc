import { expect, test } from 'vitest';
import { maskSecrets } from './maskSecrets';

test.each([
  ['rtsp://admin:secret@door.local:554/stream', 'rtsp://***@door.local:554/stream'],
  ['rtsp://secret@door.local/stream', 'rtsp://***@door.local/stream'],
  [
    '[tcp @ 0x55] Connection to tcp://u:secret@10.0.0.7:554?timeout=0 failed: refused',
    /^\S+ @ 0x55\] .*10\.0\.0\.7:554/,
  ],
  // Passwords that were not escaped.
  ['rtsp://admin:sec@ret@door.local/stream', 'rtsp://***@door.local/stream'],
  ['rtsp://admin:sec/ret@door.local/stream', 'rtsp://***@door.local/stream'],
  ['rtsp://admin:se@c/ret@door.local/stream', 'rtsp://***@door.local/stream'],
  ['rtsp://admin:sec?ret@door.local/stream', 'rtsp://***@door.local/stream'],
  ['rtsp://admin:sec#ret@door.local/stream', 'rtsp://***@door.local/stream'],
  ['http://[::1]:8080/a', 'http://[::1]:8080/a'],
  ['http://u:secret@[::1]:8080/a', 'http://***@[::1]:8080/a'],
  // Secrets in queries and paths.
  ['http://cam/video?user=admin&pwd=secret&channel=1', 'http://cam/video?user=***&pwd=***&channel=1'],
  ['http://cam/video.cgi?loginuse=admin&loginpas=secret', 'http://cam/video.cgi?loginuse=***&loginpas=***'],
  ['https://cam/live?token=secret&resolution=640x480', 'https://cam/live?token=***&resolution=640x480'],
  ['https://cam/live?secret', 'https://cam/live?***'],
  ['https://cam/live?pin=1234', 'https://cam/live?pin=***'],
  ['https://cam/live#access_token=secret', 'https://cam/live#***'],
  [
    'rtsp://cam/user=admin_password=secret_channel=1_stream=0.sdp',
    'rtsp://cam/user=***_password=***_channel=1_stream=0.sdp',
  ],
  ['rtsp://cam/user=admin&password=secret&channel=1', 'rtsp://cam/user=***&password=***&channel=1'],
  ['rtsp://cam/cam/realmonitor?channel=1&subtype=0', 'rtsp://cam/cam/realmonitor?channel=1&subtype=0'],
  // Text that the option parser repeats.
  ["error: unknown command 'http://user:secret@cam/x'", "error: unknown command 'http://***@cam/x'"],
  ["error: unknown option '--kye=kith_secretsecretsecret'", "error: unknown option '--kye=***'"],
  ["error: unknown option '--api-key=secret'", "error: unknown option '--api-key=***'"],
  ['admin:secret@door.local: there is no such file', '***@door.local: there is no such file'],
])('hides the secret of %s', (text, expected) => {
  const masked = maskSecrets(text);
  expect(masked).not.toContain('secret');
  if (typeof expected === 'string') expect(masked).toBe(expected);
  else expect(masked).toMatch(expected);
});

test.each(["'", '"', '<', '>', '`', ' '])('hides a password that contains %j', (character) => {
  const broken = `secret${character}secret`;
  for (const password of [broken, `secret@${broken}`, `${broken}@secret`, `secret/${broken}`, `${broken}/secret`]) {
    const address = `rtsp://admin:${password}@door.local:554/live?channel=1`;
    expect(maskSecrets(address)).toBe('rtsp://***@door.local:554/live?channel=1');
    const masked = maskSecrets(`error: unknown command '${address}'\n[tcp @ 0x55] ${address}: Connection refused`);
    expect(masked).not.toContain('secret');
    expect(masked).toMatch(/^error: unknown command 'rtsp:.*'\n\[tcp @ 0x55\] rtsp:.* Connection refused$/);
  }
  if (character !== ' ') expect(maskSecrets(`admin:${broken}@door.local: no file`)).toBe('***@door.local: no file');
});

test.each([
  '/home/ada/node_modules/@kith/sdk/index.js:3:4',
  'file:///srv/node_modules/@kith/sdk/index.js',
  'no connection: POST https://faces.example/api/events',
  "error: unknown command 'http://cam:8080/a'. Ask ana@kith.example",
  '[rtsp @ 0x55] http://cam/a: refused [tcp @ 0x56]',
  'people/Ada Lovelace.jpg: there is no such file or folder',
  'error: unknown option --gallary',
])('leaves %s', (text) => {
  expect(maskSecrets(text)).toBe(text);
});

test.each([
  'x=',
  '-x=',
  '--key=',
  'a=b;',
  'a=b&',
  '_user=x',
  'rtsp://',
  'rtsp://a:b@',
  'a:b@',
  '/a:b@c',
  '@',
  '?',
  ' ',
  '"',
])('takes a time that grows with the length of %j repeated', (part) => {
  for (const before of ['', 'rtsp://a:b@c/', 'rtsp://c/d?']) maskSecrets(before + part.repeat(30_000));
});
