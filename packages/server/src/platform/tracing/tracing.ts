import type { Config } from '../config.js';
import type { Logger } from '../log.js';

const FAREWELL_MS = 2_500;

/** Begins to export spans where an endpoint is configured, and loads nothing where none is. What it answers sends what is left, and ends it. */
export async function startTracing(config: Config, service: string, logger: Pick<Logger, 'warn'>): Promise<() => Promise<void>> {
  if (!config.otlpEndpoint) return async () => {};
  const { startExporter } = await import('./exporter.js');
  const shutdown = startExporter(config.otlpEndpoint, service, () => logger.warn({}, 'traces could not be exported'));
  // A collector that does not answer must not keep the process.
  return () => Promise.race([shutdown().catch(() => {}), new Promise<void>((resolve) => setTimeout(resolve, FAREWELL_MS).unref())]);
}
