// The worker has no HTTP but this: numbers for Prometheus, and whether it lives.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Metrics } from './metrics.js';

export interface MetricsDoor {
  /** Rejects where the port is taken. */
  listening: Promise<void>;
  port(): number;
  close(): Promise<void>;
}

export function serveMetrics(metrics: Metrics, host: string, port: number): MetricsDoor {
  const server = createServer(async (request, response) => {
    if (request.method !== 'GET' || !['/metrics', '/healthz'].includes(request.url ?? '')) return response.writeHead(404).end();
    if (request.url === '/healthz') return response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"ok"}');
    const text = await metrics.registry.metrics();
    response.writeHead(200, { 'content-type': metrics.registry.contentType }).end(text);
  });
  server.requestTimeout = 10_000;
  const listening = new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  // Awaited once the worker runs; a port that is taken must not be an unhandled rejection before that.
  listening.catch(() => {});
  return {
    listening,
    port: () => (server.address() as AddressInfo).port,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
