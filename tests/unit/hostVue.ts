/**
 * What a built extension takes from the Vue of its host, read from its chunks.
 *
 * webpack gives the host's Vue a module id, and a chunk asks for it by that id: `var v = r(9274); (0, v.ref)(1)`. ESLint
 * knows the scopes that minified names need. A use that can't be followed throws, so that no name is missed.
 */
import { Linter, type Rule, type SourceCode } from 'eslint';

type Visit = (sourceCode: SourceCode) => Rule.RuleListener;
/** A node inside of a program. */
type Inner = Rule.Node & Rule.NodeParentExtension;
type Call = Extract<Inner, { type: 'CallExpression' }>;
type Pattern = Extract<Inner, { type: 'VariableDeclarator' }>['id'];

/** The id of the module that is the host's Vue, from the main bundle. */
export function hostVueModule(bundle: string): string {
  const ids: string[] = [];

  // The wrapper calls the bundle with the host's globals: `root.name = factory(root["Vue"], …)`.
  visit(bundle, (sourceCode) => ({
    'Program > ExpressionStatement > CallExpression': (call: Call) => {
      const [, factory] = call.arguments;
      const index = externalsOf(sourceCode.getText(call.callee)).indexOf('Vue');
      const parameter = factory?.type === 'FunctionExpression' ? factory.params[index] : undefined;

      if (factory && parameter?.type === 'Identifier') {
        const vue = sourceCode.getDeclaredVariables(factory as Rule.Node).find(({ name }) => name === parameter.name);

        ids.push(...(vue?.references ?? []).map(({ identifier }) => moduleAround(identifier as Rule.Node)));
      }
    }
  }));
  if (ids.length !== 1) {
    throw new Error(`the host's Vue is ${ ids.length } modules of the bundle`);
  }

  return ids[0] ?? '';
}

/** The names that a chunk takes from a module. */
export function namesTaken(chunk: string, module: string): readonly string[] {
  const names = new Set<string>();

  visit(chunk, (sourceCode) => {
    const follow = (node: Inner): void => {
      const { parent } = node;

      if (parent.type === 'MemberExpression' && parent.object === node) {
        names.add(propertyOf(parent.property, parent.computed) ?? refuse(sourceCode, parent));
      } else if (parent.type === 'VariableDeclarator' && parent.init === node) {
        followPattern(parent.id, parent);
      } else if (parent.type === 'AssignmentExpression' && parent.right === node && parent.left.type === 'Identifier' && parent.parent.type === 'ExpressionStatement') {
        followVariable(parent.left.name, parent);
      } else if (parent.type === 'SequenceExpression' && parent.expressions.at(-1) !== node) {
        // Evaluated for its effects.
      } else if (parent.type !== 'ExpressionStatement') {
        refuse(sourceCode, parent);
      }
    };
    const followPattern = (pattern: Pattern, at: Rule.Node): void => {
      if (pattern.type === 'Identifier') {
        followVariable(pattern.name, at);
      } else if (pattern.type === 'ObjectPattern') {
        pattern.properties.forEach((property) => names.add((property.type === 'Property' ? propertyOf(property.key, property.computed) : undefined) ?? refuse(sourceCode, at)));
      } else {
        refuse(sourceCode, at);
      }
    };
    const followVariable = (name: string, at: Rule.Node): void => {
      let scope: ReturnType<SourceCode['getScope']> | null = sourceCode.getScope(at);

      while (scope && !scope.set.has(name)) {
        scope = scope.upper;
      }

      const variable = scope?.set.get(name) ?? refuse(sourceCode, at);

      // A name that stands for something else as well can't be told apart by scopes.
      if (variable.references.filter((reference) => reference.isWrite()).length !== 1) {
        refuse(sourceCode, at);
      }
      variable.references.filter((reference) => reference.isRead()).forEach(({ identifier }) => follow(identifier as Inner));
    };

    return {
      CallExpression: (call) => {
        const isModule = call.arguments.map((argument) => argument.type === 'Literal' && String(argument.value) === module);

        if (isModule.length === 1 && isModule[0] && call.callee.type === 'Identifier') {
          follow(call);
        } else if (isModule.includes(true)) {
          refuse(sourceCode, call);
        }
      }
    };
  });

  return [...names].sort();
}

/** Names of globals in the last call of webpack's wrapper, in the order of the factory's parameters. */
function externalsOf(wrapper: string): string[] {
  return [...(/=\w+\(((?:\w+\["[^"]+"\],?)+)\)\}$/.exec(wrapper)?.[1] ?? '').matchAll(/\["([^"]+)"\]/g)].map(([, name = '']) => name);
}

/** The id of the module whose function a node is in. */
function moduleAround(node: Rule.Node): string {
  for (let at = node; at.type !== 'Program'; at = at.parent) {
    if (at.type === 'Property' && at.key.type === 'Literal') {
      return String(at.key.value);
    }
  }
  throw new Error('the host\'s Vue is used outside of a module');
}

function propertyOf(key: { readonly type: string; readonly name?: unknown; readonly value?: unknown }, computed: boolean): string | undefined {
  return key.type === 'Literal' ? String(key.value) : key.type === 'Identifier' && !computed ? String(key.name) : undefined;
}

function refuse(sourceCode: SourceCode, node: Rule.Node): never {
  throw new Error(`a use of the host's Vue that nobody can follow: ${ sourceCode.getText(node).slice(0, 200) }`);
}

function visit(code: string, listener: Visit): void {
  const rule: Rule.RuleModule = { create: ({ sourceCode }) => listener(sourceCode) };
  const messages = new Linter().verify(code, {
    plugins:         { bundle: { rules: { visit: rule } } },
    rules:           { 'bundle/visit': 'error' },
    languageOptions: { sourceType: 'script' },
    linterOptions:   { noInlineConfig: true, reportUnusedDisableDirectives: 'off' }
  });

  if (messages.length > 0) {
    throw new Error(messages[0]?.message);
  }
}
