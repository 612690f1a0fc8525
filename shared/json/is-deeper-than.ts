/** A string, or one bracket; a string that never ends is taken to the end of the text. */
const TOKEN = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"?|[[\]{}]/g;

/**
 * Whether some array or object in a JSON text lies deeper than `limit`, told from the text alone, so that no parser or
 * walk over the value can be made to run out of stack. Says nothing about whether the text is valid.
 */
export function isDeeperThan(json: string, limit: number): boolean {
  if (hasFewBrackets(json, limit)) return false;
  let depth = 0;
  for (const [token] of json.matchAll(TOKEN)) {
    if (token === '[' || token === '{') depth += 1;
    else if (token === ']' || token === '}') depth -= 1;
    if (depth > limit) return true;
  }
  return false;
}

/** Most texts have fewer brackets, those in strings included, than it would take: far cheaper than to read them. */
function hasFewBrackets(json: string, limit: number): boolean {
  let count = 0;
  for (const bracket of ['[', '{']) {
    for (let at = json.indexOf(bracket); at >= 0; at = json.indexOf(bracket, at + 1)) {
      count += 1;
      if (count > limit) return false;
    }
  }
  return true;
}
