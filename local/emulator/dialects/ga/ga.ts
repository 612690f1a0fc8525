import type { EmulatedDialect } from '../emulated-dialect.ts';
import { API_VERSIONS } from './api-versions.ts';
import { CALL_ROUTES, DIALECT } from './call-routes.ts';
import { errorAnswer } from './error-answer.ts';
import { MEDIA_ROUTES } from './media-routes.ts';
import { PARTICIPANT_ROUTES } from './participant-routes.ts';
import { RECORDING_ROUTES } from './recording-routes.ts';
import { renderEvent } from './render-event.ts';

/** GA Call Automation, as version 1.6.0 of its SDK speaks it. */
export const ga: EmulatedDialect = {
  name: DIALECT,
  apiVersions: API_VERSIONS,
  routes: [...CALL_ROUTES, ...PARTICIPANT_ROUTES, ...MEDIA_ROUTES, ...RECORDING_ROUTES],
  error: errorAnswer,
  render: renderEvent,
  mayBeBare: false,
  bearsTokens: true,
};
