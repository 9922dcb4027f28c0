export default async () => globalThis.vastusProduct?.();
