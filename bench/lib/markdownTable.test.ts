import { expect, test } from 'vitest';
import { markdownTable } from './markdownTable';

test('columns are as wide as their widest cell or their dashes', () => {
  expect(markdownTable(['a', 'list'], [['1', 'people, Müller']])).toBe(
    ['| a   | list           |', '| --- | -------------- |', '| 1   | people, Müller |'].join('\n'),
  );
});
