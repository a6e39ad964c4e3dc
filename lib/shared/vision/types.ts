/** A decoded picture, upright (EXIF orientation applied): `width * height * 3` bytes, RGB, row by row. */
export interface Bitmap {
  data: Uint8Array;
  width: number;
  height: number;
}

/** A box in whole pixels of the picture; `right` and `bottom` are exclusive. May reach beyond the picture's edge. */
export interface Position {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

/** Degrees. Yaw: positive looks to the picture's right. Pitch: positive looks up. Roll: positive leans clockwise. */
export interface Pose {
  yaw: number;
  pitch: number;
  roll: number;
}

/** How suitable a face is for recognition. */
export interface Quality {
  /** 0 (useless) to 1 (best): the product of the factors for presence, size, sharpness and pose. */
  score: number;
  /** Distance between the outer eye corners, in pixels of the picture. */
  size: number;
  /** Sharpness of the aligned chip, 0 (blurred) to 1 (crisp). */
  sharpness: number;
  /** The mesh's confidence that it lies on a whole face, 0–1; low when the face is covered or turned away. */
  presence: number;
  pose: Pose;
}

/** A face found in a picture. */
export interface Face {
  position: Position;
  /** The detector's confidence, 0–1. */
  score: number;
  /** 468 mesh points, x and y interleaved, in pixels of the picture. */
  landmarks: Float32Array;
  quality: Quality;
  /** 128 floats; present if requested. */
  encoding?: Float32Array;
}

/** A face with its encoding. */
export type EncodedFace = Face & { encoding: Float32Array };

/** The id of the model that made an encoding. Encodings of different models are never compared. */
export const MODEL_ID = 'dlib-resnet-v1/mesh-1';
