import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { requireTouchableSample } from '@/lib/server/people/ownership';
import { getPicture } from '@/lib/server/people/samples/pictures';
import { database } from '@/lib/server/platform/database';
import { KithError } from '@/lib/shared/contract/errors';
import { readCrop } from '@/lib/shared/contract/gallery';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(readCrop, async ({ params, caller }) => {
    const db = await database();
    await requireTouchableSample(db, caller, params.face_id);
    const crop = await getPicture(db, params.face_id, 'crop');
    if (crop === null) throw new KithError('NOT_FOUND', 'No picture is kept of this face.');
    return new Response(crop.bytes.slice().buffer, {
      headers: {
        'Content-Type': crop.mime,
        // A face must not stay in the browser's cache for the next user.
        'Cache-Control': 'no-store',
        'X-Content-Type-Options': 'nosniff',
      },
    });
  }),
});
