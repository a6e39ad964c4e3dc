'use client';
import { Camera, ImageUp, Link as LinkIcon } from 'lucide-react';
import { useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import { Button } from '../ui/Button';
import { cn } from '../ui/cn';
import { Field } from '../ui/Field';
import { Input } from '../ui/Input';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '../ui/Tabs';
import { CameraCapture } from './CameraCapture';
import type { PictureSource } from './source';

interface PictureInputProps {
  onPick: (source: PictureSource) => void;
  /** The verb on the button beside the URL. */
  action: string;
  pending?: boolean;
  /** The label of the URL field, to distinguish two pictures on a page. */
  urlLabel?: string;
  /** Focuses the URL field, for dialogs that are for the picture. */
  autoFocus?: boolean;
  /** Accepts a picture that is pasted anywhere on the page. */
  pasteAnywhere?: boolean;
}

/** One picture: by URL (the main way), dropped, pasted, from a file, or by the computer's camera. */
export function PictureInput({
  onPick,
  action,
  pending,
  urlLabel = 'Image URL',
  autoFocus = false,
  pasteAnywhere = true,
}: PictureInputProps) {
  const [url, setUrl] = useState('');
  const [dragged, setDragged] = useState(false);
  const area = useRef<HTMLDivElement>(null);
  const fileId = useId();

  function pickFile(picked: File | null | undefined) {
    if (picked) onPick({ kind: 'file', file: picked, name: picked.name });
  }

  const takeText = (text: string) => {
    const trimmed = text.trim();
    if (!/^(https?:|data:)/i.test(trimmed)) return;
    setUrl(trimmed);
    onPick({ kind: 'url', url: trimmed });
  };

  const onDrop = useEffectEvent((event: DragEvent) => {
    event.preventDefault();
    setDragged(false);
    const dropped = event.dataTransfer?.files[0];
    if (dropped) pickFile(dropped);
    else takeText(event.dataTransfer?.getData('text/plain') ?? '');
  });

  const onPaste = useEffectEvent((event: ClipboardEvent) => {
    const pasted = event.clipboardData?.files[0];
    if (!pasted) return;
    event.preventDefault();
    pickFile(pasted);
  });

  useEffect(() => {
    const element = area.current;
    if (!element) return;
    const listening = new AbortController();
    const { signal } = listening;
    element.addEventListener('dragover', (event) => event.preventDefault(), { signal });
    element.addEventListener('drop', onDrop, { signal });
    (pasteAnywhere ? document : element).addEventListener('paste', (event) => onPaste(event as ClipboardEvent), {
      signal,
    });
    return () => listening.abort();
  }, [pasteAnywhere]);

  return (
    <div ref={area}>
      <Tabs defaultValue="url">
        <TabsList aria-label="Where the picture comes from">
          <TabsTrigger value="url">
            <LinkIcon aria-hidden />
            URL
          </TabsTrigger>
          <TabsTrigger value="file">
            <ImageUp aria-hidden />
            File
          </TabsTrigger>
          <TabsTrigger value="camera">
            <Camera aria-hidden />
            Camera
          </TabsTrigger>
        </TabsList>
        <TabsContent value="url" className="mt-3 min-h-32">
          <form
            className="flex items-end gap-2"
            onSubmit={(event) => {
              event.preventDefault();
              if (url.trim()) onPick({ kind: 'url', url: url.trim() });
            }}
          >
            <Field label={urlLabel} className="flex-1">
              <Input
                type="text"
                inputMode="url"
                autoComplete="off"
                autoFocus={autoFocus}
                placeholder="https://example.com/photo.jpg"
                value={url}
                onChange={(event) => setUrl(event.target.value)}
              />
            </Field>
            <Button type="submit" variant="primary" pending={pending}>
              {action}
            </Button>
          </form>
          <p className="mt-2 text-[13px] text-muted">You can also drop or paste a picture anywhere here.</p>
        </TabsContent>
        <TabsContent value="file" className="mt-3 min-h-32">
          <label
            htmlFor={fileId}
            onDragEnter={() => setDragged(true)}
            onDragLeave={() => setDragged(false)}
            className={cn(
              'flex min-h-32 flex-col items-center justify-center gap-1.5 rounded-xl border-2 border-dashed px-4 py-6 text-center text-sm transition-colors has-focus-visible:outline-2 has-focus-visible:outline-accent hover:bg-sunken',
              dragged && 'border-accent bg-accent-soft',
            )}
          >
            <ImageUp className="size-6 text-muted" aria-hidden />
            <span>
              Drop a picture, paste it, or <span className="font-medium text-accent">choose a file</span>
            </span>
            <span className="text-[13px] text-muted">JPEG, PNG, WebP, AVIF, GIF or TIFF</span>
            <input
              id={fileId}
              type="file"
              accept="image/*"
              className="sr-only"
              onChange={(event) => {
                pickFile(event.target.files?.[0]);
                // The same file can be chosen again after a failure.
                event.target.value = '';
              }}
            />
          </label>
        </TabsContent>
        <TabsContent value="camera" className="mt-3 min-h-32">
          <CameraCapture onCapture={(blob) => onPick({ kind: 'file', file: blob, name: 'camera.jpg' })} />
        </TabsContent>
      </Tabs>
    </div>
  );
}
