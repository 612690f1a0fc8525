import { describe, expect, it } from 'vitest';
import { openapiDocument } from '../../shared/http/openapi.ts';
import type { ApiClient } from '../support/api-client.ts';
import type { Target } from './target.ts';

/** What anybody may ask. */
export function serviceCases(api: () => ApiClient, target: () => Target): void {
  describe('GET /api/health', () => {
    it('answers 200 while the app works', async () => {
      const response = await fetch(`${target().baseUrl}/api/health`);

      expect(response.status).toBe(200);
      expect(await api().health()).toMatchObject({
        storage: { tables: true, queues: true },
        callbackSecret: 'set',
      });
    });
  });

  describe('GET /api/openapi.json', () => {
    it('serves the document of this version', async () => {
      const response = await fetch(`${target().baseUrl}/api/openapi.json`);

      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toMatch(/^application\/json/);
      expect(await response.json()).toEqual(openapiDocument());
    });

    it('describes routes that exist', async () => {
      for (const [path, methods] of Object.entries(openapiDocument().paths)) {
        for (const method of Object.keys(methods)) {
          const url = `${target().baseUrl}${path.replaceAll(/\{\w+\}/g, 'none')}`;
          const response = await fetch(url, { method: method.toUpperCase() });
          // The host answers 404 without a body where there is no such route.
          expect([response.status, await response.text()], `${method} ${path}`).not.toEqual([404, '']);
        }
      }
    });
  });
}
