import * as z from 'zod';
import { InputError } from '../../local/command-line.ts';
import { readJsonFile } from '../../local/read-json-file.ts';
import { median } from '../percentile.ts';
import { countName, type LoadShape, type PipelineName } from './load-shapes.ts';

const schema = z.object({
  startedAt: z.string(),
  readings: z.array(z.object({ name: z.string(), runs: z.array(z.number()).min(1) })),
});

const HINT = 'Write it with npm run bench -- --only billing --json FILE.';

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

/** Reads what `npm run bench -- --only billing --json FILE` wrote. @throws InputError that names what is missing. */
export async function readCounts(file: string): Promise<Counts> {
  const { startedAt, readings } = await readJsonFile(file, { schema, hint: HINT });
  const values = new Map(readings.map(({ name, runs }) => [name, median(runs)]));
  const countOf = (name: string): number => {
    const value = values.get(name);
    if (value === undefined) {
      throw new InputError(`${file} has no "${name}". ${HINT}`);
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
