import { describe, expect, test } from 'vitest';
import { parseList } from './parseList';

const cellsOf = (text: string) => parseList(text).rows.map(({ cells }) => cells);

describe('parseList', () => {
  test('reads CSV with quotes, and semicolons where they separate', () => {
    expect(cellsOf('image_url,user_name\nhttp://a/1.jpg,"Lovelace, Ada"')).toEqual([
      { image_url: 'http://a/1.jpg', user_name: 'Lovelace, Ada' },
    ]);
    expect(cellsOf('\nimage_url;user_name\nhttp://a/1.jpg;Lovelace, Ada\n')).toEqual([
      { image_url: 'http://a/1.jpg', user_name: 'Lovelace, Ada' },
    ]);
    expect(cellsOf('image_url;user_id\nhttp://a/1.jpg;7')).toEqual([{ image_url: 'http://a/1.jpg', user_id: '7' }]);
  });

  test.each(['sep=;\n', 'SEP=;\r\n', '"sep=;"\r\n', '\uFEFFsep=;\n'])(
    'takes the separator from %j, and no row',
    (line) => {
      // Counting the commas alone would choose the comma as separator.
      expect(parseList(`${line}image_url;a,b,c\nhttp://a/1,2,3;x,y,z`)).toEqual({
        columns: ['image_url', 'a,b,c'],
        rows: [{ number: 2, problem: null, cells: { image_url: 'http://a/1,2,3', 'a,b,c': 'x,y,z' } }],
      });
    },
  );

  test('names rows with too many or too few cells, by the numbers of their file', () => {
    const { rows } = parseList('url,name\n\nhttp://a,Ada\nhttp://b,Lovelace, Ada\n\n"http:\n//c"\nhttp://d,Alan,,\n');
    expect(rows.map(({ number, problem }) => [number, problem])).toEqual([
      [3, null],
      [4, '3 cells, and the header has 2'],
      [6, '1 cell, and the header has 2'],
      [7, null],
    ]);
  });

  test('takes any header: twice the same, empty, with blanks around and empty columns at the end', () => {
    expect(parseList(' Photo \u00a0URL ,note,note,,,\nhttp://a,1,2,3,,')).toEqual({
      columns: ['Photo URL', 'note', 'note 2', 'column 4'],
      rows: [
        { number: 2, problem: null, cells: { 'Photo URL': 'http://a', note: '1', 'note 2': '2', 'column 4': '3' } },
      ],
    });
  });

  test('reads a report of an import as what the import was given', () => {
    const report =
      'row,image_url,unique_args,status,face_id,error_type,error_message\r\n' +
      '1,https://a/1.jpg,"{""user_id"":7,""user_name"":""Ada""}",failed,,2000,There is no face.\r\n' +
      '2,https://a/2.jpg,{},enrolled,9,,\r\n' +
      '3,https://a/3.jpg,{broken,enrolled,9,,\r\n';
    expect(parseList(report)).toEqual({
      columns: ['image_url', 'user_id', 'user_name', 'groups'],
      rows: [
        { number: 2, problem: null, cells: { image_url: 'https://a/1.jpg', user_id: '7', user_name: 'Ada' } },
        { number: 3, problem: null, cells: { image_url: 'https://a/2.jpg' } },
        { number: 4, problem: 'unique_args is not a JSON object', cells: { image_url: 'https://a/3.jpg' } },
      ],
    });
  });

  test('reads the groups of a report, and not what came of its rows', () => {
    const report =
      'row,image_url,unique_args,groups,status,face_id,error_type,error_message,disagrees\r\n' +
      '1,https://a/1.jpg,"{""user_id"":7}",Staff; Night,enrolled,9,,,yes\r\n' +
      '2,https://a/2.jpg,{},,enrolled,9,,,\r\n';
    expect(cellsOf(report)).toEqual([
      { image_url: 'https://a/1.jpg', user_id: '7', groups: 'Staff; Night' },
      { image_url: 'https://a/2.jpg' },
    ]);
  });

  test('reads JSON lines, unique_args laid flat, and names a broken line', () => {
    expect(parseList('\n{"image_url":"http://a","unique_args":{"user_id":7}}')).toEqual({
      columns: ['image_url', 'user_id'],
      rows: [{ number: 2, problem: null, cells: { image_url: 'http://a', user_id: '7' } }],
    });
    expect(() => parseList('{"a":1}\n{broken')).toThrow('Line 2');
  });

  test.each(['5', 'null', '[1]', '"text"'])('takes no %s for a row', (line) => {
    expect(() => parseList(`{"a":1}\n\n${line}`)).toThrow('Line 3 is not a JSON object.');
  });

  test('leaves out what is null, and says other values as JSON', () => {
    expect(cellsOf('{"image_url":"http://a","user_name":null,"age":7,"tags":["a"]}')).toEqual([
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
});
