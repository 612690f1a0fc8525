import { app } from '@azure/functions';
import { answering } from './bind/http.ts';

app.http('getOpenapi', {
  methods: ['GET'],
  authLevel: 'anonymous',
  route: 'api/openapi.json',
  handler: answering(async () => {
    // Few ask for it, and its schemas are not needed to work: loaded on first use.
    const { openapiDocument } = await import('../shared/http/openapi.ts');
    return { status: 200, body: openapiDocument() };
  }),
});
