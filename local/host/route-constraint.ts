import { StartError } from './start-error.ts';

/** Tells whether a segment's text satisfies one constraint of a route parameter. */
export type RouteConstraint = (value: string) => boolean;

const INT32 = { min: -(2n ** 31n), max: 2n ** 31n - 1n };
const INT64 = { min: -(2n ** 63n), max: 2n ** 63n - 1n };
const HEX = '[0-9a-f]';
const DASHED = `${HEX}{8}-${HEX}{4}-${HEX}{4}-${HEX}{4}-${HEX}{12}`;
const GUID = new RegExp(`^(${HEX}{32}|${DASHED}|\\{${DASHED}\\}|\\(${DASHED}\\))$`, 'i');

/** Makes a constraint from its arguments' text; undefined when the arguments are wrong. */
type ConstraintFactory = (args: string | undefined) => RouteConstraint | undefined;

const FACTORIES: Readonly<Record<string, ConstraintFactory>> = {
  int: () => value => isIntegerWithin(value, INT32),
  long: () => value => isIntegerWithin(value, INT64),
  guid: () => value => GUID.test(value),
  alpha: () => value => /^[a-z]*$/i.test(value),
  bool: () => value => /^\s*(true|false)\s*$/i.test(value),
  min: args => bounded(args, ([min]) => ({ min, max: INT64.max })),
  max: args => bounded(args, ([max]) => ({ min: INT64.min, max })),
  range: args => bounded(args, ([min, max]) => ({ min, max })),
  length: args => lengthWithin(args, ([min, max]) => ({ min, max: max ?? min })),
  minlength: args => lengthWithin(args, ([min]) => ({ min, max: INT32.max })),
  maxlength: args => lengthWithin(args, ([max]) => ({ min: 0n, max })),
  required: () => value => value !== '',
  regex: args => matchPattern(args),
};

/**
 * Makes a route constraint of ASP.NET Core's by name: int, long, guid, alpha, bool, min, max, range, length, minlength,
 * maxlength, required and regex. Throws a StartError for others, and for wrong arguments.
 */
export function createRouteConstraint(name: string, args: string | undefined): RouteConstraint {
  const constraint = FACTORIES[name.toLowerCase()]?.(args);
  if (constraint === undefined) {
    const text = args === undefined ? name : `${name}(${args})`;
    throw new StartError(`The local host does not know the route constraint "${text}".`);
  }
  return constraint;
}

interface Bounds {
  readonly min: bigint | undefined;
  readonly max: bigint | undefined;
}

function isIntegerWithin(value: string, { min, max }: Bounds): boolean {
  if (!/^\s*[+-]?\d+\s*$/.test(value) || min === undefined || max === undefined) return false;
  const number = BigInt(value.trim().replace(/^\+/, ''));
  return number >= min && number <= max;
}

function parseIntegers(args: string | undefined): bigint[] | undefined {
  const parts = (args ?? '').split(',').map(part => part.trim());
  return parts.every(part => /^-?\d+$/.test(part)) ? parts.map(BigInt) : undefined;
}

function bounded(
  args: string | undefined,
  toBounds: (numbers: bigint[]) => Bounds,
): RouteConstraint | undefined {
  const numbers = parseIntegers(args);
  if (numbers === undefined) return undefined;
  const bounds = toBounds(numbers);
  if (bounds.min === undefined || bounds.max === undefined) return undefined;
  return value => isIntegerWithin(value, bounds);
}

function lengthWithin(
  args: string | undefined,
  toBounds: (numbers: bigint[]) => Bounds,
): RouteConstraint | undefined {
  const numbers = parseIntegers(args);
  if (numbers === undefined) return undefined;
  const { min, max } = toBounds(numbers);
  if (min === undefined || max === undefined) return undefined;
  return value => BigInt(value.length) >= min && BigInt(value.length) <= max;
}

function matchPattern(args: string | undefined): RouteConstraint | undefined {
  if (args === undefined) return undefined;
  try {
    const pattern = new RegExp(args, 'i');
    return value => pattern.test(value);
  } catch {
    return undefined;
  }
}
