import { FLOWS } from '../../flows/registry.ts';
import type { Flow } from '../../shared/flows/flow.ts';
import { flowLookup } from '../../shared/flows/flow-lookup.ts';
import type { CallFile } from './call-file.ts';
import { mapJson } from './map-json.ts';
import { withActionIds } from './with-action-ids.ts';

const MASKED = 'masked';

/** Keys of what people call themselves, and of what may hold anything about them: no text below them is kept. */
const MASKED_BELOW = new Set([
  'callerdisplayname',
  'displayname',
  'sourcedisplayname',
  'incomingcallcontext',
  'sipheaders',
  'voipheaders',
  'customcontext',
  'customcallingcontext',
]);

/**
 * A number in each spelling by which an erasure finds one, and with a plus in groups as people write it; or a user by
 * raw id.
 */
const SOMEBODY =
  /(?<plus>\+|\\u002b|%2b|(?<![\w.-])4:)(?<digits>\d{5,15})(?!\d)|(?<grouped>\+\d{1,4}(?:(?:[ .-]| ?\(|\) ?)\d{1,6})+)|(?<![\w.-])(?<bare>\d{5,15})(?![\w-])|(?<scheme>\b\d+:[a-z][a-z-]*:)(?<user>[\w.-]+)/gi;

/** The shortest numbers of E.164 in use; what is shorter and has no plus is mostly a code that tells what went wrong. */
const BARE_DIGITS_MIN = 7;

/** Whom a call mentions. */
interface Found {
  /** By their digits. */
  readonly numbers: ReadonlySet<string>;
  readonly users: ReadonlySet<string>;
}

/**
 * The call without what tells who was called: numbers, users, names, headers and contexts. Equal numbers stay equal, and
 * all sort as before, since a call has its participants in the order of their ids; so it replays to the same plan, unless
 * its flow knows numbers or headers by itself.
 */
export function maskCall(file: CallFile, flows: readonly Flow[] = FLOWS): CallFile {
  const found = find(file);
  const numbers = replacements(found.numbers, '999');
  const users = replacements(found.users, `${MASKED}-`);
  const digitsFor = (digits: string) => numbers.get(digits) ?? digits;
  const text = (whole: string) =>
    whole.replaceAll(SOMEBODY, (match: string, ...rest: unknown[]) => {
      const { plus, digits, grouped, bare, scheme, user } = rest.at(-1) as Record<string, string | undefined>;
      if (digits !== undefined) return `${plus}${digitsFor(digits)}`;
      if (grouped !== undefined) return `+${digitsFor(digitsOf(grouped))}`;
      return bare === undefined ? `${scheme}${users.get(user ?? '')}` : digitsFor(match);
    });
  const masked = mapJson(file, {
    text,
    number: number => Number(numbers.get(String(number)) ?? number),
    below: key => (MASKED_BELOW.has(key.toLowerCase()) ? { text: () => MASKED, key: text } : undefined),
  });
  return withActionIds(file, masked, flowLookup(flows));
}

function find(file: CallFile): Found {
  const [numbers, users] = [new Set<string>(), new Set<string>()];
  const text = (whole: string) => {
    for (const { groups = {} } of whole.matchAll(SOMEBODY)) {
      const { digits, grouped = '', bare = '', user } = groups;
      const number = digits ?? digitsOf(grouped);
      if (number !== '') numbers.add(number);
      if (bare.length >= BARE_DIGITS_MIN) numbers.add(bare);
      if (user !== undefined) users.add(user);
    }
    return whole;
  };
  const number = (integer: number) => {
    if (isLikeTelephone(String(integer))) numbers.add(String(integer));
    return integer;
  };
  mapJson(file, { text, number });
  return { numbers, users };
}

/** Ten or thirteen digits that begin with 1 are a time: the numbers of the zone +1 have eleven. */
function isLikeTelephone(digits: string): boolean {
  return /^\d{10,15}$/.test(digits) && !/^1(?:\d{9}|\d{12})$/.test(digits);
}

function digitsOf(number: string): string {
  return number.replaceAll(/\D/g, '');
}

/** Nobody has what they are replaced by: the country code 999 is not assigned. They sort as what they stand for. */
function replacements(texts: ReadonlySet<string>, prefix: string): Map<string, string> {
  const sorted = [...texts].toSorted();
  return new Map(sorted.map((text, index) => [text, `${prefix}${String(index + 1).padStart(8, '0')}`]));
}
