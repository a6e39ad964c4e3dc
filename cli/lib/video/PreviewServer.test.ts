import { request } from 'node:http';
import { expect, test } from 'vitest';
import { PreviewServer } from './PreviewServer';

test('streams pictures to viewers, and only under its own host name', async () => {
  const preview = await PreviewServer.open(0);
  try {
    expect(await (await fetch(preview.url)).text()).toContain('/stream');
    const status = await new Promise((resolve, reject) => {
      request(preview.url, { headers: { Host: 'evil.example' } }, ({ statusCode }) => resolve(statusCode))
        .on('error', reject)
        .end();
    });
    expect(status).toBe(403);

    const stream = await fetch(`${preview.url}stream`);
    expect(stream.headers.get('content-type')).toContain('multipart/x-mixed-replace');
    expect(preview.isWatched).toBe(true);
    preview.show(Buffer.from('a picture'));
    const reader = stream.body?.getReader();
    let text = '';
    while (!text.includes('a picture')) text += Buffer.from((await reader?.read())?.value ?? []).toString();
    expect(text).toContain('image/jpeg');
    await reader?.cancel();
  } finally {
    preview.close();
  }
});
