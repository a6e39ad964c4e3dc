'use client';
import { useState } from 'react';
import { api } from '../../_lib/api';
import type { BoxedFace } from './PictureWithBoxes';
import { callInputOf } from './source';
import { usePicture } from './usePicture';

/** State of choosing one face in a picture. A single face is chosen automatically. */
export function useFaceChoice() {
  const [selected, setSelected] = useState<number | null>(null);
  const picture = usePicture(async (source, signal) => {
    const answer = await api.faces.match({
      ...callInputOf(source),
      body: { ...callInputOf(source).body, limit: 3 },
      signal,
    });
    setSelected(answer.faces.length === 1 ? 0 : null);
    if (answer.faces.length === 0) throw new Error('There is no face in this picture. Choose another.');
    return answer.faces;
  });
  const faces = picture.result ?? [];
  const boxes = {
    faces: faces.map(
      (face, index): BoxedFace => ({
        position: face.position,
        label: faces.length === 1 ? 'Found' : selected === index ? 'Chosen' : 'Choose',
        tone: selected === index ? 'known' : 'unknown',
      }),
    ),
    selected: faces.length > 1 ? selected : null,
    ...(faces.length > 1 ? { onSelect: setSelected } : {}),
  };
  return {
    ...picture,
    faces,
    boxes,
    chosen: selected === null ? null : (faces[selected] ?? null),
    mustChoose: faces.length > 1 && selected === null,
  };
}
