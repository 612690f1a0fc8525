import type { HttpCookie } from './typed-data.ts';

const SAME_SITE = { lax: 'lax', strict: 'strict', explicitNone: 'none' } as const;

/**
 * Writes a Set-Cookie header as the real host (ASP.NET Core) does: the path is `/` unless given, and SameSite is left out
 * unless given.
 */
export function formatSetCookie(cookie: HttpCookie): string {
  const parts = [`${cookie.name ?? ''}=${encodeURIComponent(cookie.value ?? '')}`];
  const expires = cookie.expires?.value;
  if (expires !== undefined) parts.push(`expires=${new Date(expires).toUTCString()}`);
  if (cookie.maxAge?.value !== undefined) parts.push(`max-age=${Math.trunc(cookie.maxAge.value)}`);
  if (cookie.domain?.value) parts.push(`domain=${cookie.domain.value}`);
  parts.push(`path=${cookie.path?.value || '/'}`);
  if (cookie.secure?.value === true) parts.push('secure');
  const { sameSite } = cookie;
  if (sameSite !== undefined && sameSite !== 'none') parts.push(`samesite=${SAME_SITE[sameSite]}`);
  if (cookie.httpOnly?.value === true) parts.push('httponly');
  return parts.join('; ');
}
