import { expect, test } from 'vitest';
import { maskSecrets } from './maskSecrets';

test.each([
  ['rtsp://admin:secret@door.local:554/stream', 'rtsp://***@door.local:554/stream'],
  ['rtsp://secret@door.local/stream', 'rtsp://***@door.local/stream'],
  [
    '[tcp @ 0x55] Connection to tcp://u:secret@10.0.0.7:554?timeout=0 failed: refused',
    /^\S+ @ 0x55\] .*10\.0\.0\.7:554/,
  ],
  // Passwords that nobody escaped.
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
  // What the parser of options repeats.
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

test.each([
  '/home/ada/node_modules/@kith/sdk/index.js:3:4',
  'file:///srv/node_modules/@kith/sdk/index.js',
  'no connection: POST https://faces.example/api/events',
  'people/Ada Lovelace.jpg: there is no such file or folder',
  'error: unknown option --gallary',
])('leaves %s', (text) => {
  expect(maskSecrets(text)).toBe(text);
});
