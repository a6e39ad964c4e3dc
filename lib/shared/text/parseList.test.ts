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

  test.each(['5', 'null', '[1]', '"text"'])('takes no %s for a row', (line) => {
    expect(() => parseList(`{"a":1}\n\n${line}`)).toThrow('Line 3 is not a JSON object.');
  });

  test('leaves out what is null, and says other values as JSON', () => {
    expect(parseList('{"image_url":"http://a","user_name":null,"age":7,"tags":["a"]}').rows).toEqual([
      { image_url: 'http://a', age: '7', tags: '["a"]' },
    ]);
  });

  test('drops a byte order mark, and names a line whose quotes are broken', () => {
    expect(parseList('\uFEFFimage_url,a\nhttp://a,1').columns).toEqual(['image_url', 'a']);
    expect(parseList('\uFEFF{"image_url":"http://a"}').columns).toEqual(['image_url']);
    expect(() => parseList('image_url,a\n"http://a,1')).toThrow(/^Line 2: /);
  });

  test.each(['', ' \n', 'image_url,user_name\n'])('refuses %j, which has no rows', (list) => {
    expect(() => parseList(list)).toThrow('The list');
  });

  test('finds the columns it needs under other spellings', () => {
    expect(guessColumn(['Photo', 'Image-URL'], ['imageurl', 'url'])).toBe('Image-URL');
  });
});
