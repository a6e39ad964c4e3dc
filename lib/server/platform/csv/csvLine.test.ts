import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { csvLine } from './csvLine';

describe('csvLine', () => {
  test('quotes what RFC 4180 says has to be', () => {
    expect(csvLine(['a', 'b,c', 'say "x"', 'two\nlines', null, undefined, 3])).toBe(
      'a,"b,c","say ""x""","two\nlines",,,3\r\n',
    );
  });

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '=1\n2', '=HYPERLINK("http://x","y")'])(
    'disarms %j, which a spreadsheet would calculate',
    (text) => {
      expect(Papa.parse(csvLine([text, 'b'])).data[0]).toEqual([`'${text}`, 'b']);
    },
  );

  test('leaves numbers as they are', () => {
    expect(csvLine([-3, 0.5, 0])).toBe('-3,0.5,0\r\n');
  });

  test('writes dates in UTC and objects as JSON', () => {
    expect(csvLine([new Date('2026-01-02T03:04:05Z'), { a: '=1' }, ['x']])).toBe(
      '2026-01-02T03:04:05.000Z,"{""a"":""=1""}","[""x""]"\r\n',
    );
  });
});
