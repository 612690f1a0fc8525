import { createHash, createHmac } from 'node:crypto';

/** What of a request to ACS is signed. */
export interface RequestToSign {
  readonly method: string;
  readonly url: URL;
  readonly body: string;
  /** The base64 key of the connection string. */
  readonly accessKey: string;
  readonly date?: Date;
}

/** The headers with which ACS wants its requests signed. */
export function signatureHeaders({ method, url, body, accessKey, date = new Date() }: RequestToSign) {
  const contentHash = createHash('sha256').update(body).digest('base64');
  const text = `${method}\n${url.pathname}${url.search}\n${date.toUTCString()};${url.host};${contentHash}`;
  const signature = createHmac('sha256', Buffer.from(accessKey, 'base64')).update(text).digest('base64');
  return {
    'x-ms-date': date.toUTCString(),
    'x-ms-content-sha256': contentHash,
    authorization: `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${signature}`,
  };
}
