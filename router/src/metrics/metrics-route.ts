import { respond } from '../pages/respond.ts';
import { hasBearer } from '../protection/bearer.ts';
import type { Route } from '../transport/in/http-server.ts';
import type { PrometheusMetrics } from './prometheus-metrics.ts';

/** `GET /metrics`, for whoever has the token where there is one. */
export function metricsRoute(metrics: PrometheusMetrics, token: string | undefined): Route {
  return {
    method: 'GET',
    path: '/metrics',
    async handle(request, response) {
      if (token !== undefined && !hasBearer(request, token)) {
        response.setHeader('www-authenticate', 'Bearer');
        const told = JSON.stringify({ error: 'The token is missing or wrong' });
        return respond(response, 401, 'application/json', told);
      }
      respond(response, 200, metrics.contentType, await metrics.text());
    },
  };
}
