const NUMBER = /^(?:4:)?\+(\d{5,15})$/;

const ACS_USER = /^\d+:\S{4,}$/;

/**
 * Tells texts that mention somebody: a telephone number in E.164 (`+14255550142`, `4:+14255550142`), or a user by raw
 * id (`8:acs:…`). A longer number or id that begins alike is somebody else. Undefined when the text names nobody.
 *
 * A number is found in every spelling that JSON and URLs have for its `+`, and without one where it stands alone.
 */
export function mentionOf(identity: string): ((text: string) => boolean) | undefined {
  const digits = NUMBER.exec(identity)?.[1];
  if (digits !== undefined) {
    const number = new RegExp(`(?:\\+|\\\\u002b|%2b)${digits}(?!\\d)|(?<![\\w.-])${digits}(?![\\w-])`, 'i');
    return text => number.test(text);
  }
  if (!ACS_USER.test(identity)) return undefined;
  const user = new RegExp(`${escaped(identity)}(?![\\w-])`, 'i');
  return text => user.test(text);
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
