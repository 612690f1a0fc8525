import { createHmac } from 'node:crypto';

/** The event of Azure Communication Services' 2021-04 preview that says that a call is established. */
const ESTABLISHED_EVENT = {
  id: null,
  topic: null,
  subject: 'callLeg/531f3600-481f-41c8-8a75-3e8b2e8e6200/callState',
  data: {
    ConversationId:
      'aHR0cHM6Ly9jb252LXVzc2MtMDIuY29udi5za3lwZS5jb20vY29udi92RFNacTFyTEIwdVotM0dQdjBabUpnP2k9OCZlPTYzNzU1NzQzNzg4NTgzMTgxMQ',
    CallLegId: '531f3600-481f-41c8-8a75-3e8b2e8e6200',
    CallState: 'Established',
  },
  eventType: 'Microsoft.Communication.CallLegStateChanged',
  eventTime: '2021-05-05T20:08:59.5783985Z',
  metadataVersion: null,
  dataVersion: null,
};

/** Signs a callback URL without a call key: base64url(HMAC-SHA256(secret, "callbacks")). */
export function signCallbacks(secret: string): string {
  return createHmac('sha256', secret).update('callbacks').digest('base64url');
}

/** Writes a command, on one line, that posts an event as Azure Communication Services would. */
export function exampleCurl(baseUrl: string, secret: string): string {
  const url = `${baseUrl}/api/callbacks?sig=${signCallbacks(secret)}`;
  const body = JSON.stringify(ESTABLISHED_EVENT);
  return `curl -i -X POST '${url}' -H 'content-type: application/json' -d '${body}'`;
}
