import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProfileName } from './profiles.ts';

/** A change of one line of the source, which must be there exactly once. */
export interface SourcePatch {
  /** Below the root of the repository. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** A mistake, and the histories to find it in: all kinds, unless told. */
export interface PatchedBug {
  readonly patches: readonly SourcePatch[];
  readonly profile?: ProfileName;
  /** It takes more than a brief history. */
  readonly onlyLong?: boolean;
}

/** Mistakes that no wrapper around the app can make, as patches that are applied to a copy of the source. */
export const SOURCE_PATCHES: Readonly<Record<string, PatchedBug>> = {
  'roster by arrival order': {
    patches: [
      {
        file: 'shared/domain/roster.ts',
        find: '    if (order < 0) break;',
        replace: '    break;',
      },
    ],
  },
  'rank lowered by a late event': {
    patches: [
      {
        file: 'shared/domain/call-state.ts',
        find: 'return CALL_STATES.indexOf(a) >= CALL_STATES.indexOf(b) ? a : b;',
        replace: 'return b;',
      },
    ],
  },
  'latest instead of earliest time of a state': {
    patches: [
      {
        file: 'shared/domain/handler.ts',
        find: '[field]: earliest(call[field], at)',
        replace: '[field]: call[field] !== null && call[field] > at ? call[field] : at',
      },
    ],
  },
  'time cut to milliseconds': {
    patches: [
      {
        file: 'shared/dialects/parse-event-time.ts',
        find: 'fraction.slice(0, 7)',
        replace: 'fraction.slice(0, 3)',
      },
      {
        file: 'shared/dialects/parse-event-time.ts',
        find: 'CANONICAL.test(text)) return text as EventTime',
        replace: 'CANONICAL.test(text)) return (text.slice(0, 23) + "0000Z") as EventTime',
      },
    ],
  },
  'null id skipped': {
    patches: [
      {
        file: 'shared/dialects/fingerprint.ts',
        find: 'event.eventId === null',
        replace: 'false',
      },
    ],
  },
  'stale timer generation delivered': {
    patches: [
      {
        file: 'shared/processing/overdue.ts',
        find: "state === 'armed' && dueAt <= now",
        replace: "state !== 'fired' && dueAt <= now",
      },
      {
        file: 'shared/processing/overdue.ts',
        find: "if (event.type !== 'timer.fired') return true;",
        replace: 'if (event.wireId === null) return true;',
      },
      {
        file: 'shared/domain/handlers/timer-fired.ts',
        find: " && timer.state === 'armed'",
        replace: '',
      },
    ],
  },
  'next action sent before the one before ended': {
    patches: [
      {
        file: 'shared/actions/claims.ts',
        find: "isInFlight(ledger, action) || (action.state === 'planned' && !isHeldBack(ledger, action, now)),",
        replace:
          "action.state === 'planned' && !isInFlight(ledger, action) && !isHeldBack(ledger, action, now),",
      },
    ],
  },
  'answer to a repetition taken for the last word': {
    // It takes a send without an answer, and another that is refused: faults are most frequent there.
    profile: 'poison',
    onlyLong: true,
    patches: [
      {
        file: 'shared/actions/claims.ts',
        find: 'isRepeat: (delivery?.firstSentAt ?? null) !== null,',
        replace: 'isRepeat: false,',
      },
    ],
  },
  'firing of a timer under a key that no row can have': {
    patches: [
      {
        file: 'shared/processing/overdue.ts',
        find: 'hash22(timerId)}:',
        replace: 'timerId}#',
      },
    ],
  },
  'skipped taken for not carried out': {
    patches: [
      {
        file: 'shared/processing/overdue.ts',
        find: "(action.state === 'skipped' ||\n        !mayRepeat",
        replace: '(!mayRepeat',
      },
    ],
  },
  'claimed action dropped where the index fails': {
    profile: 'unreliable',
    onlyLong: true,
    patches: [
      {
        file: 'shared/store/call-store.ts',
        find: '    if (plan.claimed !== undefined) hooks.onClaimed?.(plan.head, plan.claimed);\n',
        replace: '',
      },
      {
        file: 'shared/store/call-store.ts',
        find: 'repairs ? allFacts(plan.head) : plan.facts);\n',
        replace:
          'repairs ? allFacts(plan.head) : plan.facts);\n    if (plan.claimed !== undefined) hooks.onClaimed?.(plan.head, plan.claimed);\n',
      },
    ],
  },
};

const ROOT = new URL('../../', import.meta.url).pathname;

/**
 * Copies the source to a folder of its own and patches it there; `remove` takes the folder away again.
 *
 * @throws RangeError when the source has no longer, or more than once, what a patch is to replace.
 */
export function patchedCopy(patches: readonly SourcePatch[]): {
  readonly folder: string;
  readonly remove: () => void;
} {
  const folder = mkdtempSync(join(tmpdir(), 'ringback-patched-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    for (const part of [
      'shared',
      'flows',
      'local/command-line.ts',
      'local/read-json-file.ts',
      'test/simulation',
      'test/support',
      'package.json',
      'tsconfig.json',
    ]) {
      cpSync(join(ROOT, part), join(folder, part), { recursive: true });
    }
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    for (const patch of patches) applyPatch(folder, patch);
    return { folder, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

function applyPatch(folder: string, { file, find, replace }: SourcePatch): void {
  const path = join(folder, file);
  const parts = readFileSync(path, 'utf8').split(find);
  if (parts.length !== 2)
    throw new RangeError(`${file} has ${parts.length - 1} times what is to be replaced: ${find}`);
  writeFileSync(path, parts.join(replace));
}
