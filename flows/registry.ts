import type { Flow } from '../shared/flows/flow.ts';

/** The flows that calls can be run by; one that is not here does not exist. Every version that an open call may need. */
export const FLOWS: readonly Flow[] = [];
