'use client';
import type { ErrorInfo } from 'next/error';
import EntryLayout from './(entry)/layout';
import PageError from './(shell)/error';

/** Shown if the frame of a page failed, for example because no session can be read without a database. */
export default function ConsoleError(info: ErrorInfo) {
  return (
    <EntryLayout>
      <PageError {...info} />
    </EntryLayout>
  );
}
