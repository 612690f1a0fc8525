import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { median } from '../percentile.ts';
import { countName, type LoadShape, type PipelineName } from './load-shapes.ts';

const schema = z.object({
  startedAt: z.string(),
  readings: z.array(z.object({ name: z.string(), runs: z.array(z.number()).min(1) })),
});

/** What the bench counted of one event, by the median of its runs. */
export interface EventCounts {
  readonly queueRequests: number;
  readonly tableRequests: number;
  readonly cpuMs: number;
}

/** A run of the bench. */
export interface Counts {
  readonly startedAt: string;
  of(pipeline: PipelineName, shape: LoadShape): EventCounts;
}

/** Reads what `npm run bench -- --only billing --json FILE` wrote. @throws Error that names the count that is missing. */
export async function readCounts(file: string): Promise<Counts> {
  const { startedAt, readings } = schema.parse(JSON.parse(await readFile(file, 'utf8')));
  const values = new Map(readings.map(({ name, runs }) => [name, median(runs)]));
  const countOf = (name: string): number => {
    const value = values.get(name);
    if (value === undefined) {
      throw new Error(`${file} has no "${name}": npm run bench -- --only billing --json ${file}`);
    }
    return value;
  };
  return {
    startedAt,
    of: (pipeline, shape) => ({
      queueRequests: countOf(countName(pipeline, shape, 'queue requests')),
      tableRequests: countOf(countName(pipeline, shape, 'table requests')),
      cpuMs: countOf(countName(pipeline, shape, 'CPU')),
    }),
  };
}
