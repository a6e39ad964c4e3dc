import { expect, test } from 'vitest';
import { shownSource } from './shownSource';

test.each([
  ['https://ada:secret@files.example/ada.jpg?token=secret', 'https://***@files.example/ada.jpg?token=***'],
  ['rtsp://ada:secret@door.local/live', 'rtsp://***@door.local/live'],
  ['data:image/png;base64,AA', 'data:…'],
  ['10:30@door.local.jpg', '10:30@door.local.jpg'],
  ['pictures/a:b@c/--key=Ada.jpg', 'pictures/a:b@c/--key=Ada.jpg'],
  ['file:///pictures/a:b@c.jpg', 'file:///pictures/a:b@c.jpg'],
  ['-', '-'],
])('%s is shown as %s', (source, shown) => {
  expect(shownSource(source)).toBe(shown);
});
