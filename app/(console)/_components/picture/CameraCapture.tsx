'use client';
import { Camera } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button } from '../ui/Button';
import { ErrorNotice } from '../ui/ErrorNotice';

const REASONS: Record<string, string> = {
  NotAllowedError: 'The browser does not let this page use the camera. Allow it in the address bar, then try again.',
  NotFoundError: 'This computer has no camera.',
  NotReadableError: 'Another program is using the camera.',
};

/** Shows the camera until a picture is taken. Unmounting switches the camera off. */
export function CameraCapture({ onCapture }: { onCapture: (picture: Blob) => void }) {
  const video = useRef<HTMLVideoElement>(null);
  const [error, setError] = useState<string | null>(null);
  const [ready, setReady] = useState(false);

  useEffect(() => {
    let stream: MediaStream | null = null;
    let gone = false;
    async function start() {
      if (!navigator.mediaDevices) {
        setError('The camera needs HTTPS or localhost.');
        return;
      }
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { width: { ideal: 1280 } }, audio: false });
        if (gone) stop(stream);
        else if (video.current) video.current.srcObject = stream;
      } catch (failure) {
        const name = failure instanceof DOMException ? failure.name : '';
        setError(REASONS[name] ?? 'The camera cannot be used.');
      }
    }
    void start();
    return () => {
      gone = true;
      stop(stream);
    };
  }, []);

  function capture() {
    const element = video.current;
    if (!element) return;
    const canvas = document.createElement('canvas');
    canvas.width = element.videoWidth;
    canvas.height = element.videoHeight;
    canvas.getContext('2d')?.drawImage(element, 0, 0);
    canvas.toBlob((blob) => blob && onCapture(blob), 'image/jpeg', 0.92);
  }

  if (error) return <ErrorNotice error={error} />;
  return (
    <div className="flex flex-col items-center gap-3">
      <div className="relative aspect-[4/3] w-full max-w-md overflow-hidden rounded-xl bg-sunken">
        <video
          ref={video}
          autoPlay
          muted
          playsInline
          onLoadedData={() => setReady(true)}
          aria-label="What the camera sees"
          className="absolute inset-0 size-full -scale-x-100 object-cover"
        />
      </div>
      <Button variant="primary" onClick={capture} disabled={!ready}>
        <Camera aria-hidden />
        Take picture
      </Button>
    </div>
  );
}

function stop(stream: MediaStream | null) {
  for (const track of stream?.getTracks() ?? []) track.stop();
}
