import {
  addImportPicture,
  createImport,
  deleteImport,
  deleteImportRow,
  listImports,
  readImport,
  readImportPicture,
  repairImportRow,
  steerImport,
} from '../imports';
import { example } from './example';

const RUNNING = {
  import_id: 3,
  name: 'staff.csv',
  status: 'running' as const,
  created_at: '2026-05-01T08:00:00.000Z',
  finished_at: null,
  rows: 2,
  waiting: 2,
  enrolled: 0,
  duplicates: 0,
  failed: 0,
  rows_per_second: null,
  seconds_left: null,
};

const DONE = {
  ...RUNNING,
  status: 'done' as const,
  finished_at: '2026-05-01T08:00:02.000Z',
  waiting: 0,
  enrolled: 1,
  failed: 1,
  rows_per_second: 1,
  seconds_left: 0,
};

export const IMPORT_EXAMPLES = [
  example(listImports, { answer: { imports: [DONE] } }),
  example(createImport, {
    body: {
      name: 'staff.csv',
      rows: [
        { image_url: 'https://example.com/ada.jpg', unique_args: { user_id: 'emp-7', user_name: 'Ada Lovelace' } },
        { image_url: 'https://example.com/grace.jpg', unique_args: { user_id: 'emp-8', user_name: 'Grace Hopper' } },
      ],
    },
    answer: RUNNING,
  }),
  example(readImport, {
    params: { import_id: 3 },
    query: { status: 'failed' },
    answer: {
      import: DONE,
      outcome: [
        {
          row: 2,
          source: 'https://example.com/grace.jpg',
          unique_args: { user_id: 'emp-8', user_name: 'Grace Hopper' },
          groups: ['Engines'],
          status: 'failed',
          face_id: null,
          error_type: 2000,
          error_message: 'There is no face in the picture.',
          disagrees: false,
          differs_from: null,
          looks_like: null,
        },
      ],
    },
  }),
  example(addImportPicture, {
    params: { import_id: 3 },
    form: { image: 'ada.jpg', name: 'ada.jpg', unique_args: '{"user_id": "emp-7"}' },
    answer: { ...RUNNING, rows: 3, waiting: 3 },
  }),
  example(steerImport, {
    params: { import_id: 3 },
    body: { action: 'retry' },
    answer: { ...DONE, status: 'running', finished_at: null, waiting: 1, failed: 0, seconds_left: 1 },
  }),
  example(deleteImport, { params: { import_id: 3 }, answer: {} }),
  example(repairImportRow, {
    params: { import_id: 3, row: 2 },
    body: { image_url: 'https://example.com/grace-2.jpg' },
    answer: { ...DONE, status: 'running', finished_at: null, waiting: 1, failed: 0, seconds_left: 1 },
  }),
  example(deleteImportRow, { params: { import_id: 3, row: 2 }, answer: { ...DONE, rows: 1, failed: 0 } }),
  example(readImportPicture, { params: { import_id: 3, row: 2 }, file: 'a JPEG' }),
];
