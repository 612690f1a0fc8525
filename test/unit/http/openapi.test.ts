import { describe, expect, it } from 'vitest';
import { type OpenapiOperation, openapiDocument } from '../../../shared/http/openapi.ts';
import { PROBLEMS } from '../../../shared/http/problem.ts';
import { registeredFunctions } from '../../support/registered-functions.ts';

const document = openapiDocument();

interface Described {
  readonly path: string;
  readonly method: string;
  readonly operation: OpenapiOperation;
}

const OPERATIONS: readonly Described[] = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

describe('openapiDocument', () => {
  it('describes exactly the routes and methods that the functions register', async () => {
    const described = OPERATIONS.map(({ path, method }) => `${method.toUpperCase()} ${path}`);

    expect(described.toSorted()).toEqual((await registeredRoutes()).map(({ route }) => route).toSorted());
  });

  it('asks for a key exactly where the functions do', async () => {
    const wantKey = OPERATIONS.filter(({ operation }) => 'functionKey' in (operation.security[0] ?? {}));
    const routes = (await registeredRoutes()).filter(({ authLevel }) => authLevel === 'function');

    expect(wantKey.map(({ path, method }) => `${method.toUpperCase()} ${path}`).toSorted()).toEqual(
      routes.map(({ route }) => route).toSorted(),
    );
  });

  it('refers only to what it holds', () => {
    for (const ref of valuesOf(document, '$ref')) expect(follow(String(ref)), String(ref)).toBeDefined();
  });

  it('names every schema for something: each is referred to', () => {
    const refs = new Set(valuesOf(document, '$ref'));
    for (const name of Object.keys(document.components.schemas)) {
      expect(refs).toContain(`#/components/schemas/${name}`);
    }
  });

  it.each(OPERATIONS)('declares the parameters of the path of $method $path', ({ path, operation }) => {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const declared = operation.parameters.filter(parameter => parameter.in === 'path');

    expect(declared.map(({ name }) => name)).toEqual(inPath);
    expect(declared.every(({ required }) => required)).toBe(true);
    for (const { name, description } of operation.parameters) expect(description, name).toBeTypeOf('string');
  });

  it('gives every operation an id of its own and a declared tag', () => {
    const ids = OPERATIONS.map(({ operation }) => operation.operationId);
    const tags = document.tags.map(({ name }) => name);

    expect(new Set(ids).size).toBe(ids.length);
    for (const { operation } of OPERATIONS) expect(tags).toEqual(expect.arrayContaining([...operation.tags]));
  });

  it('declares the security schemes that it uses', () => {
    for (const { operation } of OPERATIONS) {
      for (const scheme of operation.security.flatMap(Object.keys)) {
        expect(document.components.securitySchemes).toHaveProperty(scheme);
      }
    }
  });

  it('lists every problem with the status that it comes with', () => {
    for (const [name, [status]] of Object.entries(PROBLEMS)) {
      const listed = OPERATIONS.some(({ operation }) =>
        operation.responses[String(status)]?.description.includes(`urn:ringback:problem:${name}\``),
      );
      expect(listed, name).toBe(true);
    }
  });

  it('describes every member of every schema', () => {
    for (const [name, schema] of Object.entries(document.components.schemas)) {
      for (const [member, value] of membersOf(schema)) {
        expect(describes(value), `${name}: ${member}`).toBe(true);
      }
    }
  });

  it('is the same as JSON, so that nothing is lost when it is served', () => {
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });
});

/** Every way to write a route whose last segment may be left out. */
async function registeredRoutes(): Promise<{ route: string; authLevel: unknown }[]> {
  const functions = await registeredFunctions('functions/main.ts');
  return functions
    .flatMap(({ bindings }) => Object.values(bindings))
    .filter(({ type }) => type === 'httpTrigger')
    .flatMap(({ methods, route, authLevel }) => {
      const full = String(route).replace('?}', '}');
      const short = String(route).replace(/\/\{\w+\?\}$/, '');
      const paths = short === route ? [full] : [full, short];
      return paths.flatMap(path =>
        (methods as string[]).map(method => ({ route: `${method} /${path}`, authLevel })),
      );
    });
}

function follow(ref: string): unknown {
  const keys = ref.replace(/^#\//, '').split('/');
  return keys.reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document);
}

function valuesOf(value: unknown, key: string): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]: [string, unknown]) =>
    name === key ? [member] : valuesOf(member, key),
  );
}

function membersOf(schema: unknown): [string, unknown][] {
  return valuesOf(schema, 'properties').flatMap(properties =>
    Object.entries(properties as object).flatMap(([name, value]: [string, unknown]) => [
      [name, value] as [string, unknown],
      ...membersOf(value),
    ]),
  );
}

/** By itself, or by the schema that it refers to. */
function describes(schema: unknown): boolean {
  const { description, $ref } = schema as { description?: unknown; $ref?: string };
  return typeof description === 'string' || ($ref !== undefined && describes(follow($ref)));
}
