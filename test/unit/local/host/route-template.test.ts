import { describe, expect, it } from 'vitest';
import { compareRoutes, matchRoute, parseRouteTemplate } from '../../../../local/host/route-template.ts';

function match(template: string, path: string): Record<string, string> | undefined {
  return matchRoute(parseRouteTemplate(template), path.split('/'));
}

const GUID = '0f8fad5b-d9cb-469f-a165-70867728950e';

describe('matchRoute', () => {
  it.each([
    { template: 'calls', path: 'calls', params: {} },
    { template: 'Calls', path: 'cAlLs', params: {} },
    { template: 'calls/', path: 'calls', params: {} },
    { template: 'calls/{id}', path: 'calls/A%20b', params: { id: 'A b' } },
    { template: 'calls/{id}', path: 'calls/a%2Fb', params: { id: 'a%2Fb' } },
    { template: 'calls/{id}', path: 'calls/100%', params: { id: '100%' } },
    { template: 'calls/{id?}', path: 'calls', params: {} },
    { template: 'calls/{id=none}', path: 'calls', params: { id: 'none' } },
    { template: 'files/{*rest}', path: 'files', params: {} },
    { template: 'files/{*rest}', path: 'files/a/b.txt', params: { rest: 'a/b.txt' } },
    { template: 'files/{**rest}', path: 'files/a/b', params: { rest: 'a/b' } },
    { template: '{n:int}', path: '-12', params: { n: '-12' } },
    { template: '{n:long}', path: '9223372036854775807', params: { n: '9223372036854775807' } },
    { template: '{g:guid}', path: GUID, params: { g: GUID } },
    { template: '{g:guid}', path: GUID.replaceAll('-', ''), params: { g: GUID.replaceAll('-', '') } },
    { template: '{a:alpha}', path: 'abC', params: { a: 'abC' } },
    { template: '{b:bool}', path: 'True', params: { b: 'True' } },
    { template: '{n:min(3)}', path: '3', params: { n: '3' } },
    { template: '{n:max(3)}', path: '-3', params: { n: '-3' } },
    { template: '{n:range(2,4)}', path: '4', params: { n: '4' } },
    { template: '{s:length(2)}', path: 'ab', params: { s: 'ab' } },
    { template: '{s:length(2,3)}', path: 'abc', params: { s: 'abc' } },
    { template: '{s:minlength(2):maxlength(3)}', path: 'abc', params: { s: 'abc' } },
    { template: '{s:regex(^\\d{{3}}-(a|b)$)}', path: '123-A', params: { s: '123-A' } },
    { template: '{n:int:min(3)?}', path: '5', params: { n: '5' } },
  ])('gives $params when $path is asked of $template', ({ template, path, params }) => {
    expect(match(template, path)).toEqual(params);
  });

  it.each([
    { template: 'calls', path: 'call' },
    { template: 'calls', path: 'calls/1' },
    { template: 'calls/{id}', path: 'calls' },
    { template: 'calls/{id}', path: 'calls//' },
    { template: '{n:int}', path: '2147483648' },
    { template: '{n:int}', path: '1.5' },
    { template: '{n:long}', path: '9223372036854775808' },
    { template: '{g:guid}', path: '0f8fad5b' },
    { template: '{a:alpha}', path: 'a1' },
    { template: '{b:bool}', path: 'yes' },
    { template: '{n:min(3)}', path: '2' },
    { template: '{n:max(3)}', path: '4' },
    { template: '{n:range(2,4)}', path: '5' },
    { template: '{s:length(2)}', path: 'abc' },
    { template: '{s:maxlength(2)}', path: 'abc' },
    { template: '{s:regex(^a)}', path: 'ba' },
    { template: '{n:int?}', path: 'x' },
  ])('gives nothing when $path is asked of $template', ({ template, path }) => {
    expect(match(template, path)).toBeUndefined();
  });
});

describe('parseRouteTemplate', () => {
  it.each([
    { template: '/calls', reason: 'must not start with a slash' },
    { template: 'calls//x', reason: 'has an empty segment' },
    { template: 'calls/v{id}', reason: 'mixes text and a parameter' },
    { template: 'calls/{id', reason: 'has a brace that is not closed' },
    { template: 'calls/{}', reason: 'without a name' },
    { template: 'calls/{id:float}', reason: 'does not know the route constraint "float"' },
    { template: 'calls/{id:min(x)}', reason: 'does not know the route constraint "min(x)"' },
    { template: 'calls/{*rest}/x', reason: 'segments after a catch-all' },
    { template: 'calls/{id?}/x', reason: 'segments after an optional one' },
    { template: 'calls/{id}/{ID}', reason: 'two parameters called "ID"' },
  ])('throws when the template is $template', ({ template, reason }) => {
    expect(() => parseRouteTemplate(template)).toThrow(reason);
  });
});

describe('compareRoutes', () => {
  it('tries text before constrained parameters, parameters and catch-alls', () => {
    const templates = ['{*rest}', 'a/{*rest}', 'a/{id}', 'a/{id:int}', 'a/b', 'a/b/{c?}'];

    const sorted = templates
      .map(template => ({ template, segments: parseRouteTemplate(template) }))
      .sort((a, b) => compareRoutes(a.segments, b.segments))
      .map(({ template }) => template);

    expect(sorted).toEqual(['a/b', 'a/b/{c?}', 'a/{id:int}', 'a/{id}', 'a/{*rest}', '{*rest}']);
  });
});
