import { expect, test } from 'vitest';
import { markdownTable } from './markdownTable';

test('columns are as wide as their widest cell, and at least as the dashes need', () => {
  expect(markdownTable(['a', 'list'], [['1', 'people, Müller']])).toBe(
    ['| a   | list           |', '| --- | -------------- |', '| 1   | people, Müller |'].join('\n'),
  );
});
