/**
 * Replaces `@mediapipe/face_mesh` and `@mediapipe/face_detection`, which are scripts without ES exports and break the
 * bundle. face-landmarks-detection imports them by name, but only its `mediapipe` runtime constructs them; ours is
 * `tfjs`.
 */
class Unavailable {
  constructor() {
    throw new Error("The mediapipe runtime is not part of Kith: create the detector with runtime: 'tfjs'");
  }
}

export { Unavailable as FaceDetection, Unavailable as FaceMesh };
