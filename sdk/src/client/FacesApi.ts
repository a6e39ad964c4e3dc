import { pictureOf } from './picture.ts';
import type { CallOptions, Transport, WriteOptions } from './Transport.ts';
import type {
  ChangedFace,
  DetectedFace,
  EnrolledFace,
  EnrolOptions,
  ListedFace,
  ListFacesOptions,
  MatchedFace,
  MatchOptions,
  Picture,
  StoredFace,
  UniqueArgs,
  UpdatedFace,
  Verification,
  VerifyAgainst,
} from './types.ts';

/** Enrolment and recognition of faces. */
export class FacesApi {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Enrols the face in a picture. `duplicate` is true if the same picture of the same person was already there. */
  enrol(picture: Picture, options: EnrolOptions = {}, write: WriteOptions = {}): Promise<EnrolledFace> {
    const { body, files } = pictureOf(picture);
    return this.#transport.json({
      method: 'POST',
      path: '/face',
      body: { ...body, ...options },
      files,
      keyed: true,
      ...write,
    });
  }

  /** Returns a stored face with its encoding. */
  get(faceId: number, { signal }: CallOptions = {}): Promise<StoredFace> {
    return this.#transport.json({ method: 'GET', path: '/face', query: { face_id: faceId }, signal });
  }

  /** Replaces the picture of a face, and its `unique_args` if they are given. */
  update(
    faceId: number,
    picture: Picture,
    options: Pick<EnrolOptions, 'unique_args' | 'select' | 'position'> = {},
    write: WriteOptions = {},
  ): Promise<UpdatedFace> {
    const { body, files } = pictureOf(picture);
    return this.#transport.json({
      method: 'POST',
      path: '/face/update',
      body: { face_id: faceId, ...body, ...options },
      files,
      keyed: true,
      ...write,
    });
  }

  /** Moves a face to another person (`null`: to nobody), or replaces its attributes. */
  change(
    faceId: number,
    change: { person_id?: number | null; unique_args?: UniqueArgs },
    write: WriteOptions = {},
  ): Promise<ChangedFace> {
    const path = `/api/faces/${faceId}`;
    return this.#transport.json({ method: 'PATCH', path, body: change, keyed: true, ...write });
  }

  /** Erases a face and its pictures, also on every device. */
  async delete(faceId: number, write: WriteOptions = {}): Promise<void> {
    const body = { face_id: faceId };
    await this.#transport.json({ method: 'POST', path: '/face/delete', body, keyed: true, ...write });
  }

  /** Returns every face in a picture, the largest first, with its candidates. */
  async match(picture: Picture, options: MatchOptions = {}, { signal }: CallOptions = {}): Promise<MatchedFace[]> {
    const { body, files } = pictureOf(picture);
    const { faces } = await this.#transport.json<{ faces: MatchedFace[] }>({
      method: 'POST',
      path: '/face/match',
      body: { ...body, ...options },
      files,
      // If an answer was lost, events may have been stored.
      idempotent: options.record !== true,
      signal,
    });
    return faces;
  }

  /** Returns every face in a picture, the largest first. */
  async detect(picture: Picture, { signal }: CallOptions = {}): Promise<DetectedFace[]> {
    const { faces } = await this.#transport.json<{ faces: DetectedFace[] }>({
      method: 'POST',
      path: '/face/detect',
      ...pictureOf(picture),
      idempotent: true,
      signal,
    });
    return faces;
  }

  /** Returns whether the largest face in a picture shows the same person as another. */
  verify(picture: Picture, against: VerifyAgainst, { signal }: CallOptions = {}): Promise<Verification> {
    const first = pictureOf(picture);
    const { body, files } =
      'picture' in against ? pictureOf(against.picture, '_2') : { body: { ...against }, files: undefined };
    return this.#transport.json({
      method: 'POST',
      path: '/face/verify',
      body: { ...first.body, ...body, min_trust: against.min_trust },
      files: first.files || files ? { ...first.files, ...files } : undefined,
      idempotent: true,
      signal,
    });
  }

  /** Returns a page of stored faces without their encodings. `next_cursor` is `null` on the last page. */
  list(
    options: ListFacesOptions = {},
    { signal }: CallOptions = {},
  ): Promise<{ faces: ListedFace[]; next_cursor: string | null }> {
    return this.#transport.json({ method: 'GET', path: '/api/faces', query: { ...options }, signal });
  }

  /** Returns the picture of a face, if the server stores one. */
  async crop(faceId: number, { signal }: CallOptions = {}): Promise<Blob> {
    const path = `/api/faces/${faceId}/crop`;
    const { bytes, type } = await this.#transport.send({ method: 'GET', path, accept: 'image/jpeg', signal });
    return new Blob([bytes], { type });
  }
}
