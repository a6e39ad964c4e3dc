import { deleteFace, detectFaces, enrolFace, listFaces, matchFaces, readFace, updateFace, verifyFace } from '../faces';
import { syncFaces } from '../feed';
import { changeFace, readCrop, readPicture } from '../gallery';
import { example } from './example';
import { ADA, ADA_ARGS, ENCODING, FEED_NUMBER, GRACE, POSITION, QUALITY } from './made';

const PICTURE = 'https://example.com/ada.jpg';

export const FACE_EXAMPLES = [
  example(enrolFace, {
    body: { image_url: PICTURE, unique_args: ADA_ARGS },
    answer: {
      face_id: 17,
      face_encoding: ENCODING,
      position: POSITION,
      quality: QUALITY,
      person: ADA,
      similar: [],
      duplicate: false,
      disagrees: false,
      more_samples: 0,
    },
  }),
  example(readFace, {
    query: { face_id: 17 },
    answer: {
      face_id: 17,
      face_encoding: ENCODING,
      unique_args: ADA_ARGS,
      person: ADA,
      created_at: '2026-05-01T08:00:00.412Z',
      updated_at: FEED_NUMBER,
    },
  }),
  example(updateFace, {
    body: { face_id: 17, image_url: 'https://example.com/ada-2026.jpg' },
    answer: {
      faces: [{ face_id: 17, position: POSITION, quality: QUALITY, person: ADA }],
      face_encoding: ENCODING,
    },
  }),
  example(deleteFace, { body: { face_id: 17 }, answer: {} }),
  example(matchFaces, {
    body: { image_url: 'https://example.com/door.jpg', limit: 2 },
    answer: {
      faces: [
        {
          face_id: 17,
          trust: 91.4,
          unique_args: ADA_ARGS,
          person: ADA,
          also: false,
          position: POSITION,
          candidates: [
            { face_id: 17, person: ADA, trust: 91.4, distance: 0.41 },
            { face_id: 23, person: GRACE, trust: 2.1, distance: 0.79 },
          ],
        },
        {
          face_id: null,
          trust: 3.2,
          unique_args: null,
          person: null,
          also: false,
          position: { top: 40, left: 12, bottom: 111, right: 72 },
          candidates: [
            { face_id: 23, person: GRACE, trust: 3.2, distance: 0.76 },
            { face_id: 17, person: ADA, trust: 0.4, distance: 0.91 },
          ],
        },
      ],
    },
  }),
  example(detectFaces, {
    body: { image_url: 'https://example.com/door.jpg' },
    answer: {
      faces: [
        {
          face_id: null,
          face_encoding: ENCODING,
          position: POSITION,
          landmarks: [
            [411.2, 402.9],
            [409.8, 372.4],
          ],
          quality: QUALITY,
        },
      ],
    },
  }),
  example(verifyFace, {
    body: { image_url: 'https://example.com/passport.jpg', image_url_2: 'https://example.com/door.jpg' },
    answer: { match: true, trust: 88.2, distance: 0.44 },
  }),
  example(syncFaces, {
    query: {
      last_updated_at: 1777622400000,
      limit: 1000,
      lineage: '8f14e45f-ceea-4c7a-9d2b-3b1f0c5a7e11',
      verify: '1',
    },
    answer: {
      faces: [
        {
          faceId: 17,
          faceEncoding: ENCODING,
          updatedAt: FEED_NUMBER,
          uniqueArgs: ADA_ARGS,
          personId: 5,
          personName: 'Ada Lovelace',
          groups: ['Engines'],
        },
      ],
      deleted: [{ faceId: 11, updatedAt: 1777622400398 }],
      lastUpdatedAt: FEED_NUMBER,
      hasMore: false,
      model: 'dlib-resnet-v1/mesh-1',
      reset: false,
      lineage: '8f14e45f-ceea-4c7a-9d2b-3b1f0c5a7e11',
      count: 1,
      checksum: '31c2aa8113ed50',
    },
  }),
  example(listFaces, {
    query: { person_id: 5, order: 'best', limit: 1 },
    answer: {
      faces: [
        {
          face_id: 17,
          unique_args: ADA_ARGS,
          person: ADA,
          quality: QUALITY,
          position: POSITION,
          source_url: PICTURE,
          created_at: '2026-05-01T08:00:00.412Z',
          updated_at: FEED_NUMBER,
        },
      ],
      next_cursor: null,
    },
  }),
  example(changeFace, {
    params: { face_id: 17 },
    body: { person_id: 6 },
    answer: { face_id: 17, person: GRACE, unique_args: ADA_ARGS },
  }),
  example(readCrop, { params: { face_id: 17 }, file: 'a JPEG picture' }),
  example(readPicture, { body: { image_url: 'https://example.com/door.jpg' }, file: 'a JPEG picture' }),
];
