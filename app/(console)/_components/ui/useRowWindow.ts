'use client';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** Tables of more rows than these keep only those near the window in the document. */
const FEW = 100;
/** Height of a row until it was measured, in pixels. */
const ROW_HEIGHT = 61;

export interface RowWindow {
  table: RefObject<HTMLTableElement | null>;
  /** Indices of the rendered rows. */
  rows: number[];
  /** Heights of the omitted parts above and below, in pixels. */
  before: number;
  after: number;
  /** Widths of the columns in pixels, once they are kept. */
  widths: number[] | null;
  /** For each row's `ref`; the row needs its index as `data-index`. Null while every row is in the document. */
  measure: ((row: HTMLTableRowElement | null) => void) | null;
}

/** Which of `count` rows of a table belong into the document, so that a hundred thousand scroll like a hundred. */
export function useRowWindow(count: number): RowWindow {
  const table = useRef<HTMLTableElement>(null);
  const windowed = count > FEW;
  const [top, setTop] = useState(0);
  const widths = useKeptWidths(table, windowed);

  useLayoutEffect(() => {
    const body = table.current?.tBodies[0];
    if (windowed && body) setTop(body.getBoundingClientRect().top + window.scrollY);
  }, [windowed]);

  const virtual = useWindowVirtualizer({
    count,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    scrollMargin: top,
    enabled: windowed,
  });
  if (!windowed) {
    return { table, rows: Array.from({ length: count }, (_, i) => i), before: 0, after: 0, widths, measure: null };
  }
  const shown = virtual.getVirtualItems();
  return {
    table,
    rows: shown.map(({ index }) => index),
    before: (shown[0]?.start ?? top) - top,
    after: virtual.getTotalSize() - ((shown.at(-1)?.end ?? top) - top),
    widths,
    measure: virtual.measureElement,
  };
}

/**
 * Columns keep the width they have when windowing begins. Otherwise they would move while rows are added and removed.
 */
function useKeptWidths(table: RefObject<HTMLTableElement | null>, windowed: boolean): number[] | null {
  const [widths, setWidths] = useState<number[] | null>(null);
  useLayoutEffect(() => {
    const head = table.current?.tHead?.rows[0];
    if (windowed && widths === null && head) setWidths([...head.cells].map((cell) => cell.offsetWidth));
  }, [table, windowed, widths]);
  useEffect(() => {
    const forget = () => setWidths(null);
    window.addEventListener('resize', forget);
    return () => window.removeEventListener('resize', forget);
  }, []);
  return windowed ? widths : null;
}
