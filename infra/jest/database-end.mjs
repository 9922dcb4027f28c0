export default async () => globalThis.vastusScratch?.close();
