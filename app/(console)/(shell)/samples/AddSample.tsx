'use client';
import { ImagePlus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '../../_components/ui/Button';
import { Dialog } from '../../_components/ui/Dialog';
import { AddSampleForm } from './AddSampleForm';

export function AddSample({ openAtOnce }: { openAtOnce: boolean }) {
  const router = useRouter();
  const [open, setOpen] = useState(openAtOnce);

  function change(next: boolean) {
    setOpen(next);
    if (!next && openAtOnce) router.replace('/samples', { scroll: false });
  }

  return (
    <>
      <Button variant="primary" onClick={() => change(true)}>
        <ImagePlus aria-hidden />
        Add photo
      </Button>
      <Dialog
        open={open}
        onOpenChange={change}
        title="Add photo"
        description="Use a photo in which the face is large, sharp and turned to the camera."
        className="max-w-2xl"
      >
        <AddSampleForm onClose={() => change(false)} />
      </Dialog>
    </>
  );
}
