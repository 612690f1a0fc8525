import { describe, expect, it } from 'vitest';
import { missingForActing, readSettings } from '../../../shared/config/settings.ts';

const STORAGE = 'UseDevelopmentStorage=true';
const ACS = 'endpoint=https://x.example/;accesskey=a2V5';

describe('missingForActing', () => {
  const secret = { CALLBACK_SECRET: 'a' };

  it.each([
    { name: 'nothing of ACS', given: secret, missing: /^ACS_CONNECTION_STRING: .+ ACS_ENDPOINT: / },
    { name: 'no secret', given: { ACS_CONNECTION_STRING: ACS }, missing: /^CALLBACK_SECRET: / },
    { name: 'both', given: { ACS_CONNECTION_STRING: ACS, ...secret }, missing: undefined },
    { name: 'an endpoint', given: { ACS_ENDPOINT: 'https://x.example', ...secret }, missing: undefined },
  ])('says what is missing where the settings have $name', ({ given, missing }) => {
    const said = missingForActing(readSettings({ AzureWebJobsStorage: STORAGE, ...given }));

    if (missing === undefined) expect(said).toBeUndefined();
    else expect(said).toMatch(missing);
  });
});
