import { app } from '@azure/functions';
import { checkHealth } from '../shared/processing/check-health.ts';
import { answering } from './bind/http.ts';

app.http('getHealth', {
  methods: ['GET'],
  authLevel: 'anonymous',
  route: 'api/health',
  handler: answering(async (_request, services) => {
    const health = await checkHealth(services);
    return { status: health.status === 'unavailable' ? 503 : 200, body: health };
  }),
});
