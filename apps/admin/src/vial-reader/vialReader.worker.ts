/**
 * Reads a symbol in a picture, beside the page: WebAssembly is allowed to this script alone (its answer carries a policy of its own), and a
 * slow picture never holds up the form. Loaded only where the browser reads no symbols itself.
 */
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url';

// Ours, never the network's: the library would ask a public server for it.
prepareZXingModule({ overrides: { locateFile: (file: string, folder: string) => (file.endsWith('.wasm') ? wasm : folder + file) } });

self.onmessage = async ({ data }: MessageEvent<ImageData>) => {
  try {
    const [found] = await readBarcodes(data, {
      formats: ['DataMatrix', 'EAN13', 'UPCA', 'ITF', 'Code128', 'DataBar', 'QRCode'],
      tryHarder: true,
      maxNumberOfSymbols: 1,
      textMode: 'Plain',
    });
    self.postMessage({ text: found?.isValid ? found.symbologyIdentifier + found.text : null });
  } catch {
    self.postMessage({ failed: true });
  }
};
