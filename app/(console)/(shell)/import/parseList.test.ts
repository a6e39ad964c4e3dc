import { describe, expect, test } from 'vitest';
import { guessColumn, parseList } from './parseList';

describe('parseList', () => {
  test('reads CSV with quotes, and semicolons where they separate', () => {
    expect(parseList('image_url,user_name\nhttp://a/1.jpg,"Lovelace, Ada"').rows).toEqual([
      { image_url: 'http://a/1.jpg', user_name: 'Lovelace, Ada' },
    ]);
    expect(parseList('image_url;user_id\nhttp://a/1.jpg;7').rows).toEqual([
      { image_url: 'http://a/1.jpg', user_id: '7' },
    ]);
  });

  test('reads JSON lines, unique_args laid flat, and names a broken line', () => {
    expect(parseList('{"image_url":"http://a","unique_args":{"user_id":7}}')).toEqual({
      columns: ['image_url', 'user_id'],
      rows: [{ image_url: 'http://a', user_id: '7' }],
    });
    expect(() => parseList('{"a":1}\n{broken')).toThrow('Line 2');
  });

  test('finds the columns it needs under other spellings', () => {
    expect(guessColumn(['Photo', 'Image-URL'], ['imageurl', 'url'])).toBe('Image-URL');
  });
});
