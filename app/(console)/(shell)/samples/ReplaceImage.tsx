'use client';
import { FaceCrop } from '../../_components/faces/FaceCrop';
import { PictureInput } from '../../_components/picture/PictureInput';
import { FaceOfPicture, PictureWithBoxes } from '../../_components/picture/PictureWithBoxes';
import { callInputOf } from '../../_components/picture/source';
import { useFaceChoice } from '../../_components/picture/useFaceChoice';
import { Button } from '../../_components/ui/Button';
import { Dialog, DialogActions } from '../../_components/ui/Dialog';
import { ErrorNotice } from '../../_components/ui/ErrorNotice';
import { Skeleton } from '../../_components/ui/Skeleton';
import { api } from '../../_lib/api';
import { useChange } from '../../_lib/useChange';
import type { ListedFace } from './ListedFace';

interface ReplaceImageProps {
  face: ListedFace;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function ReplaceImage({ face, open, onOpenChange }: ReplaceImageProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Replace the image of sample ${face.face_id}`}
      description="The sample keeps its number, person and attributes."
      className="max-w-2xl"
    >
      <ReplaceForm face={face} onClose={() => onOpenChange(false)} />
    </Dialog>
  );
}

function ReplaceForm({ face, onClose }: { face: ListedFace; onClose: () => void }) {
  const choice = useFaceChoice();
  const { run, error, pending } = useChange();
  const { source, preview, chosen } = choice;

  async function save() {
    if (!source || !chosen) return;
    const { body, files } = callInputOf(source);
    await run(() => api.faces.replace({ body: { ...body, face_id: face.face_id, position: chosen.position }, files }), {
      done: 'The image is replaced.',
      after: onClose,
    });
  }

  return (
    <>
      <PictureInput autoFocus action="Load" pending={choice.pending} onPick={choice.pick} />
      {choice.error ? <ErrorNotice error={choice.error} className="mt-4" /> : null}
      {choice.pending && !preview ? <Skeleton className="mt-4 aspect-video w-full" /> : null}
      {preview ? (
        <div className="mt-4">
          <PictureWithBoxes preview={preview} alt="The new picture" {...choice.boxes} />
          {chosen ? (
            <div className="mt-4 flex items-center justify-center gap-4 text-[13px] text-muted">
              <figure>
                <FaceCrop
                  faceId={face.face_id}
                  version={face.updated_at}
                  alt="The sample as it is"
                  className="size-24"
                />
                <figcaption className="mt-1 text-center">now</figcaption>
              </figure>
              <figure>
                <FaceOfPicture preview={preview} box={chosen.position} alt="The new face" className="size-24" />
                <figcaption className="mt-1 text-center">new</figcaption>
              </figure>
            </div>
          ) : null}
        </div>
      ) : null}
      {error ? <ErrorNotice error={error} className="mt-4" /> : null}
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button variant="primary" disabled={!chosen} pending={pending} onClick={() => void save()}>
          Replace image
        </Button>
      </DialogActions>
    </>
  );
}
