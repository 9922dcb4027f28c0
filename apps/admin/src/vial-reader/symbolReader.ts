/** Reads symbols from a video: with what the browser brings, or else with our own reader, which is fetched only then. */

export interface SymbolReader {
  /** The symbol in the picture that is shown now, `null` where there is none. */
  read(video: HTMLVideoElement): Promise<string | null>;
  stop(): void;
}

interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
interface DetectorClass {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<string[]>;
}

const FORMATS = ['data_matrix', 'ean_13', 'upc_a', 'itf', 'code_128', 'qr_code'];
/** Wide enough for a symbol of a vial, small enough for a tablet. */
const MOST_PIXELS_WIDE = 1280;

export async function openSymbolReader(): Promise<SymbolReader> {
  return (await ofTheBrowser()) ?? ofOurOwn();
}

async function ofTheBrowser(): Promise<SymbolReader | null> {
  const Known = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
  const supported = (await Known?.getSupportedFormats().catch(() => [])) ?? [];
  if (!Known || !supported.includes('data_matrix')) return null;
  const detector = new Known({ formats: FORMATS.filter((format) => supported.includes(format)) });
  return { read: async (video) => (await detector.detect(video))[0]?.rawValue ?? null, stop: () => {} };
}

function ofOurOwn(): SymbolReader {
  const worker = new Worker(new URL('./vialReader.worker.ts', import.meta.url), { type: 'module' });
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  return {
    read: (video) =>
      new Promise((resolve, reject) => {
        const scale = Math.min(1, MOST_PIXELS_WIDE / (video.videoWidth || 1));
        canvas.width = Math.round(video.videoWidth * scale);
        canvas.height = Math.round(video.videoHeight * scale);
        if (!context || canvas.width === 0 || canvas.height === 0) return resolve(null);
        context.drawImage(video, 0, 0, canvas.width, canvas.height);
        const picture = context.getImageData(0, 0, canvas.width, canvas.height);
        worker.onmessage = ({ data }: MessageEvent<{ text?: string | null; failed?: boolean }>) =>
          data.failed ? reject(new Error('the reader failed')) : resolve(data.text ?? null);
        worker.onerror = () => reject(new Error('the reader could not be loaded'));
        worker.postMessage(picture, [picture.data.buffer]);
      }),
    stop: () => worker.terminate(),
  };
}
