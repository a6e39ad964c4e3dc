import { spawn } from 'node:child_process';
import { hostname } from 'node:os';
import type { LocalGallery } from '@kith/sdk';
import type { Recogniser } from '@/lib/server/vision/recogniser';
import { wholeTrust } from '@/lib/shared/trust/wholeTrust';
import type { CameraOptions } from '../../options/CameraOptions';
import { CliError } from '../CliError';
import { EXIT } from '../exitCodes';
import { withRecogniser } from '../loadRecogniser';
import { look } from '../lookAtPicture';
import { openGallery } from '../openGallery';
import { print, printJson, tell } from '../output';
import { ServerLink } from '../reporting/ServerLink';
import { defaultStateFolder } from '../reporting/stateFolder';
import { shownSource } from '../shownSource';
import { untilInterrupted } from '../untilInterrupted';
import { chooseMissing } from './chooseMissing';
import { connectTo } from './connectTo';
import { drawFaces, labelOf } from './drawFaces';
import { FaceFollower } from './FaceFollower';
import { followFaces } from './followFaces';
import { type LiveSignal, liveSignals, STREAM_ENDED } from './liveSignals';
import { PictureFolder } from './PictureFolder';
import type { PresenceEvent } from './Presence';
import { PreviewServer } from './PreviewServer';
import { readFrames } from './readFrames';
import { reportOf } from './reportOf';
import { type VideoSource, videoSource } from './source';

/** Seconds between two stored pictures while nobody new appears. */
const KEEP_EVERY_SECONDS = 1;
/** Number of consecutive attempts that are all reported. Afterwards, one in this many is. */
const TOLD_ATTEMPTS = 6;
const TELL_EVERY = 60;

/** Tracks the faces of a video until it ends, or of a live source until Ctrl-C; prints who appears and who leaves. */
export async function watchCamera(argument: string | undefined, given: CameraOptions): Promise<void> {
  const options = await chooseMissing(argument, given);
  const source = videoSource(argument, options);
  if (options.server !== undefined && options.key === undefined) {
    throw new CliError('Give the key of the server with --key or KITH_KEY. It needs the scopes sync and events:write.');
  }
  const pictures = options.save === undefined ? null : await PictureFolder.open(options.save);
  await withRecogniser(options, (recogniser) =>
    untilInterrupted((signal) => watch(source, { recogniser, options, pictures, signal })),
  );
}

interface Watching {
  recogniser: Recogniser;
  options: CameraOptions;
  pictures: PictureFolder | null;
  signal: AbortSignal;
}

async function watch(source: VideoSource, { recogniser, options, pictures, signal }: Watching): Promise<void> {
  const every = 1 / options.fps;
  const link = await openLink(options, signal, () => follower?.reconsider());
  if (signal.aborted) return;
  const gallery: LocalGallery = link?.gallery ?? (await openGallery(recogniser, options));
  const follower: FaceFollower = new FaceFollower({ gallery, minTrust: options.minTrust, every });
  const preview =
    options.preview === undefined ? null : await PreviewServer.open(options.preview === true ? 0 : options.preview);
  if (preview) tell(`Preview: ${preview.url}`);
  const clock = startClock();
  // Ends the link when the pictures end, and the pictures when the link fails.
  const ending = new AbortController();
  const abort = () => ending.abort();
  signal.addEventListener('abort', abort, { once: true });
  const linked = link?.run(ending.signal).finally(abort);
  linked?.catch(() => {});
  let lost: string | null = null;
  let hasConnected = false;
  let lastKept = Number.NEGATIVE_INFINITY;
  try {
    await followFaces({
      signals: signalsOf(source, { every, options, signal: ending.signal, now: clock.seconds }),
      follower,
      every,
      look: (bitmap) => {
        if (!options.minTrustGiven && link?.settings) follower.minTrust = link.settings.match_trust;
        return look(recogniser, bitmap);
      },
      async report(event) {
        const time = source.kind === 'film' ? null : clock.timeOf(event.at);
        show(event, time, options.json);
        if (event.event !== 'appeared') return;
        if (event.faceId !== null && options.onRecognised) runProgram(options.onRecognised, event);
        await link?.add(reportOf(event, time ?? new Date()));
      },
      onLink(change) {
        lost = change.kind === 'lost' ? change.reason : null;
        hasConnected ||= change.kind === 'connected';
        // A camera that was never connected is a mistake, not an outage.
        if (lost !== null && source.kind === 'camera' && !hasConnected) {
          throw new CliError(`${source.input} cannot be read as a camera: ${lost}.`);
        }
        showLink(source, change, options.json);
      },
      async onFrame({ bitmap, at, faces, events }) {
        const someoneAppeared = events.some(({ event }) => event === 'appeared');
        const isDue = faces.length > 0 && at - lastKept >= KEEP_EVERY_SECONDS;
        const keeps = pictures !== null && (someoneAppeared || isDue);
        if (keeps) lastKept = at;
        if (!keeps && !preview?.isWatched) return;
        const jpeg = await drawFaces(bitmap, faces);
        preview?.show(jpeg);
        if (keeps) await pictures.add(jpeg, at);
      },
    });
  } finally {
    abort();
    preview?.close();
    await linked;
    await link?.close();
  }
  if (lost !== null && !(hasConnected && lost === STREAM_ENDED) && !signal.aborted) {
    throw new CliError(`${shownSource(source.input)}: ${lost}.`, { exitCode: EXIT.stream });
  }
}

/** Opens the link to `--server`; null without it. */
async function openLink(
  { server, key, name, state, gallery }: CameraOptions,
  signal: AbortSignal,
  onGalleryChange: () => void,
): Promise<ServerLink | null> {
  if (server === undefined || key === undefined) return null;
  return ServerLink.open(
    {
      server,
      key,
      name: (name ?? hostname()).trim().slice(0, 100) || 'Camera',
      state: state ?? defaultStateFolder(),
      galleryPath: gallery,
      onGalleryChange,
    },
    signal,
  );
}

/** Returns the signals of a film in its own time, or of a live source on the wall clock. */
function signalsOf(
  source: VideoSource,
  given: { every: number; options: CameraOptions; signal: AbortSignal; now: () => number },
): AsyncGenerator<LiveSignal> {
  const { every, options, signal, now } = given;
  if (source.kind === 'film') return filmSignals(source, every, signal);
  // Standard input cannot be opened again.
  const once = options.once === true || source.kind === 'pipe';
  return liveSignals({ connect: connectTo(source, every), stallSeconds: options.stall, once, signal, now });
}

async function* filmSignals(source: VideoSource, every: number, signal: AbortSignal): AsyncGenerator<LiveSignal> {
  for await (const frame of readFrames({ ...source, every, signal })) yield { kind: 'frame', ...frame };
}

/** Starts a monotonic clock that can also return the time of day of its measurements. */
function startClock(): { seconds: () => number; timeOf: (at: number) => Date } {
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  // Computed backwards from now, because the time of day may have been changed since the start.
  return { seconds, timeOf: (at) => new Date(Date.now() - (seconds() - at) * 1000) };
}

function show(event: PresenceEvent, time: Date | null, json = false): void {
  const { event: what, name, faceId, personId, trust, position, stayed } = event;
  const at = Math.round(event.at * 1000) / 1000;
  if (json) {
    const when = time && { time: time.toISOString() };
    printJson({ event: what, at, ...when, name, face_id: faceId, person_id: personId, trust, position, stayed });
    return;
  }
  const more = stayed === undefined ? `trust ${wholeTrust(trust)}` : `after ${stayed.toFixed(1)} s`;
  print(`${clockText(at)}  ${labelOf(event)} ${what} (${more})`);
}

/** Reports that a live source broke, or that it works again. */
function showLink(
  source: VideoSource,
  change: Extract<LiveSignal, { kind: 'connected' | 'lost' }>,
  json = false,
): void {
  const at = Math.round(change.at * 1000) / 1000;
  const input = shownSource(source.input);
  if (change.kind === 'connected') {
    if (json) printJson({ event: 'connected', at, time: new Date().toISOString() });
    else tell(`kith: ${input}: connected.`);
    return;
  }
  const { reason, attempt, retrySeconds } = change;
  if (json) printJson({ event: 'lost', at, time: new Date().toISOString(), reason, retry_seconds: retrySeconds });
  const isTold = attempt <= TOLD_ATTEMPTS || attempt % TELL_EVERY === 0;
  // Without another attempt, the error that ends the command reports it.
  if (isTold && retrySeconds !== null) tell(`kith: ${input}: ${reason}. Trying again in ${retrySeconds} s.`);
}

/** Formats `h:mm:ss.s`. */
function clockText(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const rest = (Math.floor((seconds % 60) * 10) / 10).toFixed(1).padStart(4, '0');
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${rest}`;
}

/**
 * Runs the user's program without blocking the camera. The data is passed in environment variables, so that no shell
 * interprets it.
 */
function runProgram(program: string, { name, faceId, personId, trust, at }: PresenceEvent): void {
  // The program must not get the key of the server.
  const { KITH_KEY: _, ...inherited } = process.env;
  const child = spawn(program, [], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...inherited,
      KITH_NAME: name ?? '',
      KITH_FACE_ID: String(faceId ?? ''),
      KITH_PERSON_ID: String(personId ?? ''),
      KITH_TRUST: String(trust),
      KITH_AT: String(at),
    },
  });
  // A program that keeps running, such as a player, must not keep the command alive.
  child.unref();
  child.on('error', (error: NodeJS.ErrnoException) => tell(`kith: ${program} cannot be run: ${error.message}`));
}
