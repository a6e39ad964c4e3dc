import type { Pose } from './types';

/** Mesh points of the outer eye corners, the forehead's top and the chin. */
const LEFT_EYE = 33;
const RIGHT_EYE = 263;
const FOREHEAD = 10;
const CHIN = 152;
/**
 * Pitch in degrees of a face that looks straight ahead, as measured between forehead and chin: the median of 64 press
 * portraits.
 */
const RESTING_PITCH = -8;

/**
 * Returns the pose of a head from its mesh, in degrees.
 * @param mesh 468 points, x, y and z interleaved, in one unit; z grows away from the camera (MediaPipe face mesh)
 */
export function poseOfMesh(mesh: Float32Array): Pose {
  const between = (from: number, to: number) => {
    const component = (axis: number) => (mesh[to * 3 + axis] ?? 0) - (mesh[from * 3 + axis] ?? 0);
    return { x: component(0), y: component(1), z: component(2) };
  };
  const eyes = between(LEFT_EYE, RIGHT_EYE);
  const face = between(FOREHEAD, CHIN);
  return {
    yaw: degrees(Math.atan2(eyes.z, Math.hypot(eyes.x, eyes.y))),
    pitch: degrees(Math.atan2(-face.z, Math.hypot(face.x, face.y))) - RESTING_PITCH,
    roll: degrees(Math.atan2(eyes.y, eyes.x)),
  };
}

function degrees(radians: number): number {
  return (radians * 180) / Math.PI;
}
