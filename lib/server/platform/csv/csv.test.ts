import { describe, expect, test } from 'vitest';
import { csvLine } from './csv';

describe('csvLine', () => {
  test('quotes what RFC 4180 says has to be', () => {
    expect(csvLine(['a', 'b,c', 'say "x"', 'two\nlines', null, 3])).toBe('a,"b,c","say ""x""","two\nlines",,3\r\n');
  });

  test('disarms text that a spreadsheet would calculate, not numbers', () => {
    expect(csvLine(['=1+1', '@SUM(A1)', -3])).toBe("'=1+1,'@SUM(A1),-3\r\n");
  });
});
