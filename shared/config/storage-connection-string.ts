import { isWebAddress } from './web-address.ts';

/**
 * Finds what keeps a text from being a storage connection string, as the storage SDKs read it; undefined when nothing
 * does. Says nothing of what it holds. Whether the account is there is not asked.
 */
export function findConnectionStringProblem(value: string): string | undefined {
  if (/^\s*UseDevelopmentStorage=true/i.test(value)) return undefined;
  const parts = readParts(value);
  const required = parts.has('sharedaccesssignature')
    ? ['QueueEndpoint', 'TableEndpoint']
    : ['DefaultEndpointsProtocol', 'AccountName', 'AccountKey'];
  const missing = required.filter(name => !parts.has(name.toLowerCase()));
  if (missing.length > 0) return `it has no ${missing.join(', ')}`;
  return ['Queue', 'Table'].map(service => findEndpointProblem(parts, service)).find(Boolean);
}

type Parts = ReadonlyMap<string, string>;

function readParts(value: string): Parts {
  const parts = new Map<string, string>();
  for (const part of value.split(';')) {
    const [, name = '', content = ''] = /^\s*([^=]+)=(.+)$/.exec(part) ?? [];
    parts.set(name.toLowerCase(), content.trim());
  }
  return parts;
}

function findEndpointProblem(parts: Parts, service: string): string | undefined {
  const name = `${service}Endpoint`;
  const given = parts.get(name.toLowerCase());
  if (given !== undefined) {
    return isWebAddress(given) ? undefined : `its ${name} is not an http or https address`;
  }
  const suffix = parts.get('endpointsuffix');
  if (suffix === undefined) return `it has neither EndpointSuffix nor ${name}`;
  const account = `${parts.get('accountname')}.${service.toLowerCase()}.${suffix}`;
  const isValid = isWebAddress(`${parts.get('defaultendpointsprotocol')}://${account}`);
  return isValid
    ? undefined
    : 'its DefaultEndpointsProtocol, AccountName and EndpointSuffix make no http or https address';
}
