'use client';
import { useEffect, useRef, useState } from 'react';
import { loadPreview, type PictureSource, type Preview } from './source';

interface PictureState<Result> {
  source: PictureSource | null;
  preview: Preview | null;
  result: Result | null;
  error: unknown;
  pending: boolean;
}

const EMPTY = { source: null, preview: null, result: null, error: null, pending: false };

/**
 * Shows a picture and sends a request about it at the same time. A later picture replaces an earlier one. An error
 * keeps the input and the preview.
 */
export function usePicture<Result>(ask: (source: PictureSource, signal: AbortSignal) => Promise<Result>) {
  const [state, setState] = useState<PictureState<Result>>(EMPTY);
  const running = useRef<AbortController | null>(null);
  const shown = useRef<string | null>(null);

  function show(preview: Preview | null) {
    if (shown.current && shown.current !== preview?.url) URL.revokeObjectURL(shown.current);
    shown.current = preview?.url ?? null;
  }

  useEffect(
    () => () => {
      running.current?.abort();
      if (shown.current) URL.revokeObjectURL(shown.current);
    },
    [],
  );

  async function pick(source: PictureSource) {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    setState({ ...EMPTY, source, pending: true });
    show(null);
    try {
      const [preview, result] = await Promise.all([
        loadPreview(source, controller.signal).then((loaded) => {
          show(loaded);
          if (!controller.signal.aborted) setState((before) => ({ ...before, preview: loaded }));
          return loaded;
        }),
        ask(source, controller.signal),
      ]);
      if (!controller.signal.aborted) setState({ source, preview, result, error: null, pending: false });
    } catch (error) {
      if (!controller.signal.aborted) setState((before) => ({ ...before, error, pending: false }));
    }
  }

  function reset() {
    running.current?.abort();
    show(null);
    setState(EMPTY);
  }

  return { ...state, pick, reset };
}
