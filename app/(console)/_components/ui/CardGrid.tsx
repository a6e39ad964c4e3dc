'use client';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { Fragment, type ReactNode, useLayoutEffect, useRef, useState } from 'react';

/** Least width of a card, which is as high as it is wide and `text` more, and the gap between cards, in pixels. */
interface CardSize {
  width: number;
  text: number;
}
const GAP = 14;

interface CardGridProps<Item> {
  /** Accessible name of the list. */
  label: string;
  items: readonly Item[];
  idOf: (item: Item) => number;
  card: CardSize;
  /** Renders a card, which fills its height. */
  children: (item: Item) => ReactNode;
}

/** Only the rows near the window are in the page, so that a hundred thousand cards scroll like a hundred. */
export function CardGrid<Item>({ label, ...props }: CardGridProps<Item>) {
  const list = useRef<HTMLUListElement>(null);
  const [layout, setLayout] = useState({ width: 0, top: 0 });

  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    const measure = () =>
      setLayout({ width: element.clientWidth, top: element.getBoundingClientRect().top + window.scrollY });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  return (
    <ul ref={list} className="relative min-h-64" aria-label={label}>
      {layout.width === 0 ? null : (
        // Another width gives rows another height: the virtualizer starts again.
        <Rows key={layout.width} {...layout} {...props} />
      )}
    </ul>
  );
}

type RowsProps<Item> = Omit<CardGridProps<Item>, 'label'> & { width: number; top: number };

function Rows<Item>({ width, top, items, idOf, card, children }: RowsProps<Item>) {
  const columns = Math.max(2, Math.floor((width + GAP) / (card.width + GAP)));
  const cardWidth = (width - GAP * (columns - 1)) / columns;
  const height = cardWidth + card.text;
  const rows = useWindowVirtualizer({
    count: Math.ceil(items.length / columns),
    estimateSize: () => height + GAP,
    overscan: 4,
    scrollMargin: top,
  });
  return (
    <>
      {rows.getVirtualItems().map((row) => (
        <Fragment key={row.key}>
          {items.slice(row.index * columns, (row.index + 1) * columns).map((item, column) => (
            <li
              key={idOf(item)}
              className="absolute *:h-full"
              style={{ width: cardWidth, height, left: column * (cardWidth + GAP), top: row.start - top }}
            >
              {children(item)}
            </li>
          ))}
        </Fragment>
      ))}
      <li aria-hidden style={{ height: rows.getTotalSize() }} />
    </>
  );
}
