import { describe, expect, test } from 'vitest';
import { imageSource, secondFace } from './imageSource';

const asker = { owner: 'key:1' };
const file = new Uint8Array(1);

describe('imageSource', () => {
  test('is a URL or a file', () => {
    expect(imageSource({ image_url: 'data:,' }, asker)).toEqual({ imageUrl: 'data:,', ...asker });
    expect(imageSource({ image: file }, asker)).toEqual({ file, ...asker });
  });

  test.each([{}, { image_url: 'data:,', image: file }])('is never neither nor both (%#)', (body) => {
    expect(() => imageSource(body, asker)).toThrow(expect.objectContaining({ code: 'BAD_REQUEST' }));
  });
});

test('a second face is a sample, a person or a second picture', () => {
  expect(secondFace({ face_id: 7 }, asker)).toEqual({ faceId: 7 });
  expect(secondFace({ person_id: 7 }, asker)).toEqual({ personId: 7 });
  expect(secondFace({ image_2: file }, asker)).toEqual({ source: { file, ...asker } });
});
