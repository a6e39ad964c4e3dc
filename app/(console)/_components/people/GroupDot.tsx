/** The colour of a group, beside its name. */
export function GroupDot({ colour }: { colour: string | null }) {
  return (
    <span
      aria-hidden
      className="inline-block size-2.5 shrink-0 rounded-full border border-line-strong"
      style={colour === null ? undefined : { backgroundColor: colour, borderColor: colour }}
    />
  );
}
