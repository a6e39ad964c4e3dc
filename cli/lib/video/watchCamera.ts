import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { wholeTrust } from '@/lib/shared/trust/wholeTrust';
import type { CameraOptions } from '../../options/CameraOptions';
import { withRecogniser } from '../loadRecogniser';
import { look } from '../lookAtPicture';
import { openGallery } from '../openGallery';
import { print, printJson, tell } from '../output';
import { untilInterrupted } from '../untilInterrupted';
import { drawFaces, labelOf } from './drawFaces';
import { FaceFollower } from './FaceFollower';
import { latestOf } from './latestOf';
import { Presence, type PresenceEvent } from './Presence';
import { PreviewServer } from './PreviewServer';
import { readFrames } from './readFrames';
import { videoSource } from './source';

/** Seconds out of sight after which a person has left. */
const PATIENCE_SECONDS = 3;

/** Seconds between two stored pictures while nobody new appears. */
const KEEP_EVERY_SECONDS = 1;

/** Tracks the faces of a video until it ends, or of a camera until Ctrl-C; prints who appears and who leaves. */
export async function watchCamera(file: string | undefined, options: CameraOptions): Promise<void> {
  const source = videoSource(file, options);
  if (options.save !== undefined) await mkdir(options.save, { recursive: true });
  await withRecogniser(options, async (recogniser) => {
    const gallery = await openGallery(recogniser, options);
    const follower = new FaceFollower({ gallery, minTrust: options.minTrust });
    const presence = new Presence({ patience: PATIENCE_SECONDS });
    const preview =
      options.preview === undefined ? null : await PreviewServer.open(options.preview === true ? 0 : options.preview);
    if (preview) tell(`Preview: ${preview.url}`);
    const report = (event: PresenceEvent) => {
      show(event, options.json);
      if (event.event === 'appeared' && event.faceId !== null && options.onRecognised) {
        runProgram(options.onRecognised, event);
      }
    };
    try {
      await untilInterrupted(async (signal) => {
        let lastKept = Number.NEGATIVE_INFINITY;
        const frames = readFrames({ ...source, every: 1 / options.fps, signal });
        for await (const { bitmap, at } of source.live ? latestOf(frames) : frames) {
          const faces = follower.update(await look(recogniser, bitmap), at);
          const events = presence.update(
            faces.flatMap(({ seen }) => seen ?? []),
            at,
          );
          for (const event of events) report(event);
          const someoneAppeared = events.some(({ event }) => event === 'appeared');
          const isDue = faces.length > 0 && at - lastKept >= KEEP_EVERY_SECONDS;
          const keeps = options.save !== undefined && (someoneAppeared || isDue);
          if (keeps) lastKept = at;
          if (!keeps && !preview?.isWatched) continue;
          const jpeg = await drawFaces(bitmap, faces);
          preview?.show(jpeg);
          if (keeps) await writeFile(join(options.save as string, `${at.toFixed(2).padStart(9, '0')}.jpg`), jpeg);
        }
      });
      for (const event of presence.end()) report(event);
    } finally {
      preview?.close();
    }
  });
}

function show(event: PresenceEvent, json = false): void {
  const { event: what, at, name, faceId, personId, trust, position, stayed } = event;
  if (json) {
    printJson({ event: what, at, name, face_id: faceId, person_id: personId, trust, position, stayed });
    return;
  }
  const more = stayed === undefined ? `trust ${wholeTrust(trust)}` : `after ${stayed.toFixed(1)} s`;
  print(`${clock(at)}  ${labelOf(event)} ${what} (${more})`);
}

/** `h:mm:ss.s` */
function clock(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const rest = (seconds % 60).toFixed(1).padStart(4, '0');
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${rest}`;
}

/**
 * Runs the user's program without blocking the camera. The data is passed in environment variables, so that no shell
 * interprets it.
 */
function runProgram(program: string, { name, faceId, personId, trust, at }: PresenceEvent): void {
  const child = spawn(program, [], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      KITH_NAME: name ?? '',
      KITH_FACE_ID: String(faceId ?? ''),
      KITH_PERSON_ID: String(personId ?? ''),
      KITH_TRUST: String(trust),
      KITH_AT: String(at),
    },
  });
  child.on('error', (error: NodeJS.ErrnoException) => tell(`kith: ${program} cannot be run: ${error.message}`));
}
