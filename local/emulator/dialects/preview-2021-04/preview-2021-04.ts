import type { EmulatedDialect } from '../emulated-dialect.ts';
import { API_VERSIONS } from './api-versions.ts';
import { callRoutes } from './call-routes.ts';
import { conversationRoutes } from './conversation-routes.ts';
import { errorAnswer } from './operation.ts';
import { renderEvent } from './render-event.ts';
import { STATUSES } from './statuses.ts';

/**
 * The previews of early 2021. They know no repeatability: a request that comes again is carried out again, whatever
 * headers it has.
 */
export function preview202104(statuses: keyof typeof STATUSES): EmulatedDialect {
  return {
    name: 'preview-2021-04',
    apiVersions: API_VERSIONS,
    mayBeBare: true,
    bearsTokens: false,
    routes: [...callRoutes(STATUSES[statuses]), ...conversationRoutes(STATUSES[statuses])],
    error: errorAnswer,
    render: renderEvent,
  };
}
