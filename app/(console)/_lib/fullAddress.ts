/** An address that the server gave, as it is opened elsewhere: a path alone is under where this page came from. */
export function fullAddress(address: string): string {
  return new URL(address, window.location.origin).href;
}
