import type { EventGridSchema } from '../dialects/event-grid/render-announcement.ts';

/** Where and how events of the resource are told. */
export interface EventGridOptions {
  /** The app's route for Event Grid, with its key; without it only what a request names is told. */
  readonly url?: string;
  readonly schema?: EventGridSchema;
  /** Whether calls with users of the resource are reported: started, ended, who came and went. */
  readonly reports?: boolean;
  readonly attempts?: number;
  readonly retryMs?: number;
}
