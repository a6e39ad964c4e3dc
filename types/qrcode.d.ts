/** qrcode 1.5 ships no types; this is what is used of it. */
declare module 'qrcode' {
  interface QrCode {
    toString(
      text: string,
      options: { type: 'svg'; margin?: number; errorCorrectionLevel?: 'L' | 'M' | 'Q' | 'H' },
    ): Promise<string>;
  }
  const qrCode: QrCode;
  export default qrCode;
}
