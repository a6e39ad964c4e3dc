import { useEffect, useRef } from 'react';
import type { FrameReport } from '@/lib/phone/vision/protocol';
import { drawFaces } from './drawFaces';
import type { ScanView } from './useScan';

/** The camera's picture with a box around each face. The boxes are drawn per frame, outside React. */
export function Picture({ scan: { state, session } }: { scan: ScanView }) {
  const video = useRef<HTMLVideoElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const { camera } = state;
  const stream = camera.kind === 'running' ? camera.stream : null;
  const mirrored = camera.kind === 'running' && camera.facing === 'user';

  useEffect(() => {
    const element = video.current;
    if (!element || !stream) return;
    element.srcObject = stream;
    // Rejects when the element is removed before it plays, which is not an error.
    void element.play().catch(() => undefined);
    session.attach(element);
    return () => session.attach(null);
  }, [stream, session]);

  useEffect(
    () =>
      session.onFrame((report: FrameReport) => {
        if (canvas.current) drawFaces(canvas.current, report, { mirrored });
      }),
    [session, mirrored],
  );

  return (
    <>
      <video
        ref={video}
        muted
        playsInline
        autoPlay
        disablePictureInPicture
        className={`absolute inset-0 size-full object-cover ${mirrored ? '-scale-x-100' : ''}`}
      />
      <canvas ref={canvas} className="pointer-events-none absolute inset-0 size-full" />
    </>
  );
}
