import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** What documents may refer to. */
export interface Targets {
  readonly root: string;
  /** The names of the scripts of package.json. */
  readonly scripts: ReadonlySet<string>;
  /** Method and path of every route, such as `GET /api/calls/{callKey}`. */
  readonly routes: readonly string[];
  /** The text of a document, by its path from the root; undefined for what is none. */
  text(path: string): string | undefined;
}

const LINK = /\[[^\]]*\]\(([^()\s]+)\)/g;
const SCRIPT = /\bnpm run ([\w:-]+)/g;
const ROUTE = /\b(GET|POST|PUT|PATCH|DELETE|OPTIONS) (\/api\/[^\s`'"|)]*)/g;
const PATH = /`((?:bench|docs|functions|infra|local|scripts|shared|test)\/[\w./-]+)`/g;
const FENCE = /^```.*?^```$/gms;

/** What a document says that is not so: links, scripts, routes and paths that lead nowhere. */
export function findFaults(path: string, targets: Targets): string[] {
  const text = targets.text(path) ?? '';
  const prose = text.replace(FENCE, '');
  const links = [...prose.matchAll(LINK)].map(match => match[1] ?? '');
  const scripts = [...text.matchAll(SCRIPT)].map(match => match[1] ?? '');
  const routes = [...text.matchAll(ROUTE)].map(match => `${match[1]} ${match[2]}`);
  const paths = [...prose.matchAll(PATH)].map(match => match[1] ?? '');
  return [
    ...links
      .filter(link => isDead(link, path, targets))
      .map(link => `${path}: the link ${link} leads nowhere`),
    ...scripts.filter(name => !targets.scripts.has(name)).map(name => `${path}: there is no npm run ${name}`),
    ...routes.filter(route => !isRoute(route, targets.routes)).map(route => `${path}: there is no ${route}`),
    ...paths
      .filter(file => !existsSync(join(targets.root, file)))
      .map(file => `${path}: there is no file ${file}`),
  ];
}

function isDead(link: string, from: string, targets: Targets): boolean {
  if (/^[a-z]+:/.test(link)) return false;
  const [file = '', anchor] = link.split('#');
  const target = file === '' ? from : join(dirname(from), file);
  if (target !== from && !existsSync(resolve(targets.root, target))) return true;
  return anchor !== undefined && !anchorsOf(targets.text(target) ?? '').has(anchor);
}

/** As GitHub makes them of headings. */
function anchorsOf(text: string): Set<string> {
  const headings = [...text.replace(FENCE, '').matchAll(/^#+ (.*)$/gm)].map(match => match[1] ?? '');
  return new Set(
    headings.map(heading =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

/** Names of parameters do not matter, one that may be left out may be, and what follows `?` is no part of a route. */
function isRoute(route: string, routes: readonly string[]): boolean {
  const known = new Set(routes.map(normalize));
  const [, withoutOptional = route] = /^(.*)\/\{\w+\?\}/.exec(route) ?? [];
  return [route.replace('?}', '}'), withoutOptional].some(form => known.has(normalize(form)));
}

function normalize(route: string): string {
  return route
    .replace(/[?…,.;:].*$/, '')
    .replace(/\{\w+\}|\$[A-Z]+/g, '{}')
    .replace(/\/$/, '');
}
