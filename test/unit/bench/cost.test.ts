import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  alwaysReadyMonth,
  costPerMillion,
  DEFAULT_SETUP,
  eventsPerSecond,
} from '../../../bench/cost/cost-model.ts';
import { readCounts } from '../../../bench/cost/counts.ts';
import { BURST_COST_MAX, burstCost, describeCost } from '../../../bench/cost/describe-cost.ts';
import { LOAD_SHAPES } from '../../../bench/cost/load-shapes.ts';
import { readPriceBook } from '../../../bench/cost/price-book.ts';

const ROOT = resolve(import.meta.dirname, '..', '..', '..');
const COUNTS = join(ROOT, 'bench', 'cost', 'counts.json');
const book = await readPriceBook(join(ROOT, 'bench', 'cost', 'prices.json'));
const [BURST, TRIPLE, THIN] = LOAD_SHAPES;

/** Round numbers, by which the parts can be reckoned by hand. */
const EVENT = { queueRequests: 2, tableRequests: 1.5, cpuMs: 4 };

describe('costPerMillion', () => {
  it('is what the parts come to by hand, in a burst', () => {
    const cost = costPerMillion(EVENT, BURST, DEFAULT_SETUP, book);

    expect(cost.executions).toBeCloseTo(0.8);
    // Two requests, and a receive for each 16 messages in place of 32.
    expect(cost.queue).toBeCloseTo((2 + 1 / 32) * 0.4);
    expect(cost.tables).toBeCloseTo(1.5 * 0.036);
    // 4 ms, three times that with the host, at 60 % of a core, with 2 GB a core.
    expect(cost.compute).toBeCloseTo((4 * 3 * 2 * 1000 * 0.000026) / 0.6);
    expect(cost.kept).toBeCloseTo(2 * 3 * 0.045);
    expect(cost.logs).toBe(0);
    const { total, ...parts } = cost;
    expect(total).toBeCloseTo(Object.values(parts).reduce((sum, part) => sum + part, 0));
  });

  it('bills two whole seconds of an instance where load is spread thin', () => {
    expect(costPerMillion(EVENT, THIN, DEFAULT_SETUP, book).compute).toBeCloseTo(2 * 2e6 * 0.000026);
  });

  it('has a third of the runs where three events come in a post', () => {
    expect(costPerMillion(EVENT, TRIPLE, DEFAULT_SETUP, book).executions).toBeCloseTo(0.8 / 3);
  });

  it('is the same for every size of instance in a burst, and by size where load is spread thin', () => {
    const of = (memoryMB: number, shape: (typeof LOAD_SHAPES)[number]) =>
      costPerMillion(EVENT, shape, { ...DEFAULT_SETUP, memoryMB }, book).compute;

    expect(of(512, BURST)).toBeCloseTo(of(4096, BURST));
    expect(of(4096, THIN)).toBeCloseTo(8 * of(512, THIN));
  });

  it('counts the share of log lines that is kept', () => {
    const setup = { ...DEFAULT_SETUP, logsInformation: true, logSampling: 0.1 };

    expect(costPerMillion(EVENT, BURST, setup, book).logs).toBeCloseTo(6 * 0.1 * 2.3);
  });
});

describe('eventsPerSecond', () => {
  it('refuses a size that the price file lacks', () => {
    expect(() => eventsPerSecond(4, 1024, book)).toThrow('There is no instance of 1024 MB');
  });
});

describe('the committed counts and prices', () => {
  it('keep a million events in a burst within the bar', async () => {
    const counts = await readCounts(COUNTS);

    expect(burstCost(counts, book).total).toBeLessThanOrEqual(BURST_COST_MAX);
    expect(describeCost(counts, book).join('\n')).toContain('at most $3.50: ok');
  });

  it('come to what the documents say', async () => {
    const total = `$${burstCost(await readCounts(COUNTS), book).total.toFixed(2)}`;

    for (const file of ['README.md', 'docs/cost.md']) {
      expect(readFileSync(join(ROOT, file), 'utf8')).toContain(total);
    }
  });

  it('name their source and their date', () => {
    expect(book.asOf).toMatch(/^\d{4}-\d{2}/);
    for (const { source } of Object.values(book.prices)) expect(source).not.toBe('');
  });

  it('are those that infra/main.bicep names beside its parameters', () => {
    const bicep = readFileSync(join(ROOT, 'infra', 'main.bicep'), 'utf8');

    for (const { memoryMB } of book.instanceSizes) {
      const month = alwaysReadyMonth(memoryMB, book.prices.alwaysReadyGBs.value).toFixed(0);
      expect(bicep).toContain(`$${month} with ${memoryMB.toLocaleString('en')} MB`);
    }
  });
});
