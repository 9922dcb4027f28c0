// Loaded only where an endpoint is configured. The headers a collector may ask for (OTEL_EXPORTER_OTLP_HEADERS) and how much is sampled
// (OTEL_TRACES_SAMPLER) are read by the library, under the names that every OpenTelemetry program knows.
import { DiagLogLevel, diag } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { PRODUCT_VERSION } from '../version.js';

const EXPORT_PATIENCE_MS = 2_000;

/** `onTrouble` hears that something went wrong, and not what: the library's messages may quote what it was sending. */
export function startExporter(endpoint: string, service: string, onTrouble: () => void): () => Promise<void> {
  const quiet = () => {};
  diag.setLogger({ error: onTrouble, warn: quiet, info: quiet, debug: quiet, verbose: quiet }, { logLevel: DiagLogLevel.ERROR });
  const base = endpoint.endsWith('/') ? endpoint.slice(0, -1) : endpoint;
  const exporter = new OTLPTraceExporter({ url: `${base}/v1/traces`, timeoutMillis: EXPORT_PATIENCE_MS });
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': service, 'service.version': PRODUCT_VERSION, 'service.namespace': 'vastus' }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  // No baggage: it would carry on whatever somebody sent.
  provider.register({ propagator: new W3CTraceContextPropagator() });
  return () => provider.shutdown();
}
