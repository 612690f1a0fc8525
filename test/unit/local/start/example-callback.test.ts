import { describe, expect, it } from 'vitest';
import { exampleCurl, signCallbacks } from '../../../../local/start/example-callback.ts';

describe('signCallbacks', () => {
  it('signs the word callbacks with the secret', () => {
    expect(signCallbacks('for-local-use-only')).toBe('0oSHxdXZCpnrCG-YwTFOC9iDMt82cXhj_gkx8ZAepXA');
  });
});

describe('exampleCurl', () => {
  it('is one line that posts JSON to the signed address', () => {
    const command = exampleCurl('http://localhost:7071', 'for-local-use-only');

    expect(command).not.toContain('\n');
    expect(command).toContain(
      `'http://localhost:7071/api/callbacks?sig=${signCallbacks('for-local-use-only')}'`,
    );
    const body = /-d '([^']+)'$/.exec(command)?.[1] ?? '';
    expect(JSON.parse(body)).toMatchObject({ data: { CallState: 'Established' } });
  });
});
