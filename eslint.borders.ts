/**
 * The ESLint rule that holds the borders between rooms.
 *
 * It looks at paths as they are written and needs no file to be there, so a room is guarded before it has any.
 */
import type { Rule } from 'eslint';
import { isBuiltin } from 'node:module';
import { dirname, relative, resolve } from 'node:path';

import { ROOMS, type Packages, type Room } from './eslint.rooms';

const ROOT = __dirname;

/** How webpack names folders of the tree: `~/audit/…`. */
const ALIASES: Readonly<Record<string, string>> = { '~': '.', '@': '.', '@pkg': 'pkg' };

/** Every place where code can name a module. */
const NAMES_OF_MODULES = [
  ':matches(ImportDeclaration, ExportNamedDeclaration, ExportAllDeclaration, ImportExpression) > .source',
  'TSImportType > .source',
  'TSImportEqualsDeclaration > TSExternalModuleReference > .expression',
  'CallExpression[callee.name="require"] > .arguments',
  'CallExpression[callee.object.name="require"][callee.property.name="resolve"] > .arguments',
  'NewExpression[callee.name="URL"]:has(MetaProperty) > .arguments:first-child'
].join(', ');

/** Reports an import that `eslint.rooms.ts` does not allow. */
export const borders: Rule.RuleModule = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const file = relative(ROOT, context.filename);
    const room = roomOf(file);

    if (!room) {
      // The configurations beside the rooms are nobody's.
      return file.includes('/') ? { Program: (node) => context.report({ node, message: `${ dirname(file) } is no room in eslint.rooms.ts` }) } : {};
    }

    return {
      [NAMES_OF_MODULES]: (node: Rule.Node) => {
        const name = nameIn(node);
        const reason = name === undefined ? 'has to name its imports literally' : reasonAgainst(room, file, name);

        if (reason !== undefined) {
          context.report({ node, message: `${ room.folder } ${ reason }` });
        }
      }
    };
  }
};

function nameIn(node: Rule.Node): string | undefined {
  if (node.type === 'TemplateLiteral' && node.expressions.length === 0) {
    return node.quasis[0]?.value.raw;
  }

  return node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;
}

function reasonAgainst(room: Room, file: string, name: string): string | undefined {
  // Loaders stand before a path, and queries after it.
  const bare = name.split('!').at(-1)?.split('?')[0] ?? '';
  const path = pathOf(file, bare);

  if (path === undefined) {
    return isAllowedPackage(room.packages, bare) ? undefined : `may not import the package ${ bare }`;
  }

  return [room.folder, ...room.imports].some((folder) => isInside(folder, path)) ? undefined : `may not import ${ path || 'the root' }`;
}

/** The path in the tree that a name leads to; undefined for a package. */
function pathOf(file: string, name: string): string | undefined {
  const [first = '', ...rest] = name.split('/');
  const alias = ALIASES[first];

  if (alias !== undefined) {
    return relative(ROOT, resolve(ROOT, alias, ...rest));
  }

  return first === '.' || first === '..' || first === '' ? relative(ROOT, resolve(ROOT, dirname(file), name)) : undefined;
}

function isAllowedPackage(packages: Packages, name: string): boolean {
  const isAmong = (list: readonly string[]): boolean => list.some((entry) => (entry === 'node:' ? isBuiltin(name) : isInside(entry, name)));

  return 'only' in packages ? isAmong(packages.only) : !isAmong(packages.except);
}

function roomOf(file: string): Room | undefined {
  return ROOMS.find(({ folder }) => isInside(folder, file));
}

function isInside(folder: string, path: string): boolean {
  return folder === '.' ? !path.startsWith('..') : path === folder || path.startsWith(`${ folder }/`);
}
