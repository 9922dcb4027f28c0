export default async () => globalThis.vastusDatabase?.();
