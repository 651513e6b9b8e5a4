import { secretText } from '@crema/config';
import { z } from 'zod';
import type { MetricsOptions } from './open-metrics.ts';

/** Who may see what the router counts. */
export const metricsSettings = z.object({
  METRICS_TOKEN: secretText('must be a secret of at least 32 characters').optional().meta({
    description:
      'Whoever has it may GET /metrics. Without it everybody may in development, nobody in production.',
    secret: true,
  }),
});

/** The option `metrics` of a router that these settings stand for. */
export const metricsOf = (settings: z.output<typeof metricsSettings>): MetricsOptions => ({
  token: settings.METRICS_TOKEN,
});
