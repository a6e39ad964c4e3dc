import { expect, test } from 'vitest';
import { samplesWanted, samplesWantedText } from './samplesWanted';

test('only who many people look like needs more samples, until there are four', () => {
  expect(samplesWanted([])).toBe(0);
  expect(samplesWanted([1.049])).toBe(0);
  expect(samplesWanted([1.05])).toBe(3);
  expect(samplesWanted([1.1, 1.02])).toBe(2);
  expect(samplesWanted([1.1, 0.9])).toBe(0);
  expect(samplesWanted([1.1, 1.1, 1.1, 1.1])).toBe(0);
});

test('says it in words', () => {
  expect(samplesWantedText('Ana', 3)).toBe('Many people look like Ana: add three more pictures.');
  expect(samplesWantedText('Ana', 1)).toBe('Many people look like Ana: add one more picture.');
  expect(samplesWantedText('Ana', 0)).toBeNull();
});
