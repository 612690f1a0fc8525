import { FLOWS } from '../flows/registry.ts';
import { flowLookup } from './flows/flow-lookup.ts';

/** The flows of the app, ready to run. To be imported when a flow is needed first: it would lengthen every cold start. */
export const loadedFlows = { flows: FLOWS, lookup: flowLookup(FLOWS) };
