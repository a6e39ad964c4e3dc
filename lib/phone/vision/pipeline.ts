import { alsoSeen } from '@/lib/shared/trust/onceInPicture';
import type { Pixels } from '@/lib/shared/vision/align';
import { boundsOfMesh, CHIP_SIZE, MESH_SIZE, regionOfMesh, similarityOfChip } from '@/lib/shared/vision/align';
import { measure } from '@/lib/shared/vision/liveness';
import { refineMesh } from '@/lib/shared/vision/refineMesh';
import { Sampler } from '@/lib/shared/vision/sample';
import { type Track, Tracker, type Verdict } from '@/lib/shared/vision/track';
import type { Position } from '@/lib/shared/vision/types';
import { Encoder } from './encoder';
import { FaceMesh } from './FaceMesh';
import { FrameReader } from './frame';
import { LivenessWatch } from './LivenessWatch';
import { MeshNetwork } from './meshNetwork';
import { type FetchAsset, readModelFile } from './modelFile';
import type { Candidate, FrameReport, Identity, Label, LivenessMode, SeenFace, Timing } from './protocol';
import { Strangers } from './strangers';

/**
 * While faces are tracked, new ones are searched for every this many frames: a new person is found within a fifth of a
 * second.
 */
const SEARCH_EVERY = 4;
/** Width of a face, in frame pixels, from which its size no longer lowers `view`. */
const FULL_SIZE = 140;

/** The match of an encoding; `identity` is null when nobody is near enough. */
export interface Match {
  identity: Identity | null;
  trust: number;
  /** People of the gallery who may be it, nearest first. */
  candidates: readonly Candidate[];
}

/** The best view of a face so far. */
interface Portrait {
  view: number;
  pixels: Pixels;
  encoding: Float32Array;
}

/** Turns frames into faces with names. One per worker; frames must be processed one after the other. */
export class Pipeline {
  readonly #reader = new FrameReader();
  readonly #identities = new Map<string, Identity>();
  readonly #portraits = new Map<number, Portrait>();
  readonly #strangers = new Strangers();
  readonly #strangerOf = new Map<number, string>();
  readonly #candidatesOf = new Map<number, readonly Candidate[]>();
  readonly #liveness = new LivenessWatch();
  readonly #mesh: FaceMesh;
  readonly #network: MeshNetwork;
  readonly #encoder: Encoder;
  readonly #match: (encoding: Float32Array) => Match;
  #tracker = new Tracker<Float32Array>();
  #frames = 0;
  #galleryIsComplete = false;

  private constructor(
    mesh: FaceMesh,
    network: MeshNetwork,
    encoder: Encoder,
    match: (encoding: Float32Array) => Match,
  ) {
    this.#mesh = mesh;
    this.#network = network;
    this.#encoder = encoder;
    this.#match = match;
  }

  /** Loads the networks with `fetchAsset`. Throws when one is missing. */
  static async load(match: (encoding: Float32Array) => Match, fetchAsset: FetchAsset): Promise<Pipeline> {
    const [detectorFile, meshFile, encoder] = await Promise.all([
      readModelFile('facemesh-detection-short.json', fetchAsset),
      readModelFile('facemesh.json', fetchAsset),
      Encoder.load(fetchAsset),
    ]);
    const [mesh, network] = await Promise.all([
      FaceMesh.load({ detector: detectorFile, mesh: meshFile }),
      MeshNetwork.load(meshFile),
    ]);
    return new Pipeline(mesh, network, encoder, match);
  }

  /** Runs every network once on a grey picture, so that the first real frame is not slowed by initialisation. */
  async warmUp(): Promise<void> {
    await this.#mesh.findInStill(new ImageData(320, 240));
    await this.#network.run(new Uint8Array(MESH_SIZE * MESH_SIZE * 3));
    await this.#encoder.encode(new Uint8Array(CHIP_SIZE * CHIP_SIZE * 3).fill(128));
  }

  set liveness(mode: LivenessMode) {
    this.#liveness.mode = mode;
  }

  /** Whether the gallery is complete. Until then no face is called unknown; such faces stay undecided. */
  set galleryIsComplete(isComplete: boolean) {
    if (isComplete && !this.#galleryIsComplete) {
      this.#tracker.forgetUnknown();
      this.reconsider();
    }
    this.#galleryIsComplete = isComplete;
  }

  /** @param at the frame's time, ms, never decreasing. The caller closes the frame. */
  async see(frame: ImageBitmap | VideoFrame, at: number): Promise<FrameReport> {
    const watch = stopwatch();
    const { picture, scale } = this.#reader.overview(frame);
    const read = watch();
    const meshes = await this.#mesh.find(picture, { search: this.#frames++ % SEARCH_EVERY === 0 });
    const sightings = meshes.map((mesh) => {
      const points = mesh.map((value) => value * scale);
      return { position: boxOf(points), view: viewOf(points), payload: points };
    });
    const tracks = this.#tracker.update(sightings, at);
    this.#liveness.next({ data: picture.data, width: picture.width, height: picture.height, channels: 4 });
    for (const { id, position, payload } of tracks) this.#liveness.move(id, { position, points: payload, at });
    const found = watch();
    const next = this.#tracker.next(at);
    if (next) await this.#identify(next, frame, at);
    for (const { id, verdict } of tracks) this.#liveness.named(id, nameIn(verdict), at);
    this.#forgetGone();
    const total = watch();
    const timing: Timing = { read, mesh: found - read, encode: next ? total - found : 0, total };
    return {
      type: 'frame',
      at,
      width: Math.round(picture.width * scale),
      height: Math.round(picture.height * scale),
      faces: eachOnce(tracks.map((track) => this.#seen(track))),
      timing,
    };
  }

  /** Encodes every face of a single picture, with the mesh iterated until it converges. */
  async encodeStill(frame: ImageBitmap): Promise<{ position: Position; encoding: Float32Array }[]> {
    const { picture, scale } = this.#reader.overview(frame);
    const faces = [];
    for (const mesh of await this.#mesh.findInStill(picture)) {
      const points = mesh.map((value) => value * scale);
      const { pixels, points: moved } = this.#reader.closeUp(frame, points);
      faces.push({ position: boxOf(points), encoding: await this.#encode(pixels, moved) });
    }
    return faces;
  }

  /** Returns the best view of a tracked face; null when its track has ended or it was not encoded yet. */
  portrait(track: number): { pixels: Pixels; encoding: Float32Array } | null {
    return this.#portraits.get(track) ?? null;
  }

  /** Matches every face again: the gallery has changed. */
  reconsider(): void {
    this.#tracker.reconsider();
  }

  /** Ends all tracks: another camera, or none. */
  reset(): void {
    this.#tracker = new Tracker();
    this.#mesh.reset();
    this.#forgetGone();
  }

  async #identify(track: Track<Float32Array>, frame: ImageBitmap | VideoFrame, at: number): Promise<void> {
    const { pixels, points } = this.#reader.closeUp(frame, track.payload);
    const encoding = await this.#encode(pixels, points);
    this.#liveness.encoded(track.id, encoding, { points: track.payload, at });
    const { identity, trust, candidates } = this.#match(encoding);
    this.#candidatesOf.set(track.id, candidates);
    if (identity) this.#identities.set(identity.key, identity);
    else this.#strangerOf.set(track.id, this.#strangers.keyOf(encoding));
    this.#tracker.vote(track.id, { key: identity?.key ?? null, trust }, at);
    const before = this.#portraits.get(track.id);
    if (!before || track.view > before.view) this.#portraits.set(track.id, { view: track.view, pixels, encoding });
  }

  /** Aligns with the converged mesh, as the server does, and encodes. */
  async #encode(picture: Pixels, points: Float32Array): Promise<Float32Array> {
    const sampler = new Sampler(picture);
    const { landmarks } = await refineMesh({ sampler, region: regionOfMesh(points), run: this.#network.run });
    return this.#encoder.encode(sampler.square(similarityOfChip(landmarks), CHIP_SIZE));
  }

  #seen(track: Track<Float32Array>): SeenFace {
    return {
      track: track.id,
      position: track.position,
      label: this.#label(track),
      candidates: this.#candidatesOf.get(track.id) ?? [],
      liveness: this.#liveness.state(track.id),
      view: track.view,
    };
  }

  #label({ id, verdict }: Track<Float32Array>): Label {
    if (verdict.kind === 'deciding') return verdict;
    if (verdict.kind === 'unknown') {
      if (!this.#galleryIsComplete) return { kind: 'deciding' };
      return { kind: 'unknown', trust: verdict.trust, stranger: this.#strangerOf.get(id) ?? `track:${id}` };
    }
    const identity = this.#identities.get(verdict.key);
    return identity ? { kind: 'known', identity, trust: verdict.trust } : { kind: 'deciding' };
  }

  /** Deletes the data of ended tracks. Identities are deleted once no face is tracked. */
  #forgetGone(): void {
    const followed = this.#tracker.followed();
    const ids = new Set(followed.map(({ id }) => id));
    this.#liveness.keep(ids);
    for (const map of [this.#portraits, this.#strangerOf, this.#candidatesOf]) {
      for (const track of map.keys()) if (!ids.has(track)) map.delete(track);
    }
    if (followed.length === 0) this.#identities.clear();
  }
}

function boxOf(points: Float32Array): Position {
  const { left, top, right, bottom } = boundsOfMesh(points);
  return { left: Math.round(left), top: Math.round(top), right: Math.round(right), bottom: Math.round(bottom) };
}

/** A person is in sight once: a face that is somebody whom another face is more surely stays undecided. */
function eachOnce(faces: SeenFace[]): SeenFace[] {
  const also = alsoSeen(
    faces.map(({ label, liveness }) => {
      if (label.kind !== 'known') return null;
      // A picture of somebody may look more like them than they do: who is alive comes first.
      return { key: label.identity.key, distance: (liveness.kind === 'passed' ? 0 : 100) - label.trust };
    }),
  );
  return faces.map((face, index) => (also[index] ? { ...face, label: { kind: 'deciding' } } : face));
}

/** Who a face is: null for nobody known, undefined while that is not decided. */
function nameIn(verdict: Verdict): string | null | undefined {
  if (verdict.kind === 'deciding') return undefined;
  return verdict.kind === 'known' ? verdict.key : null;
}

/** Rates the view of a face, 0–1: best for a large face that looks at the camera. */
function viewOf(points: Float32Array): number {
  const { left, right } = boundsOfMesh(points);
  const frontal = Math.max(0, 1 - 2 * Math.abs(measure(points).turn));
  return frontal * Math.min(1, (right - left) / FULL_SIZE);
}

/** Returns a function that returns the milliseconds since this call. */
function stopwatch(): () => number {
  const start = performance.now();
  return () => performance.now() - start;
}
