import { join } from 'node:path';
import { runCommand } from '../../local/command-line.ts';
import { readCounts } from './counts.ts';
import { BURST_COST_MAX, burstCost, describeCost } from './describe-cost.ts';
import { readPriceBook } from './price-book.ts';

// `npm run cost`: what events cost on Azure, from what the bench counted and the price file.

const USAGE = `Usage: npm run cost [-- options]
  --counts FILE   what "npm run bench -- --only billing --json FILE" wrote (bench/cost/counts.json)
  --prices FILE   the price file (bench/cost/prices.json)`;

process.exitCode = await runCommand({
  usage: USAGE,
  options: {
    counts: { type: 'string', default: join(import.meta.dirname, 'counts.json') },
    prices: { type: 'string', default: join(import.meta.dirname, 'prices.json') },
  },
  async run({ values }) {
    const [counts, book] = await Promise.all([readCounts(values.counts), readPriceBook(values.prices)]);
    console.log(describeCost(counts, book).join('\n'));
    return burstCost(counts, book).total <= BURST_COST_MAX ? 0 : 1;
  },
});
