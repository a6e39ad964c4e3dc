/** Returns the absolute URL of an address from the server. A path is resolved against this page's origin. */
export function fullAddress(address: string): string {
  return new URL(address, window.location.origin).href;
}
