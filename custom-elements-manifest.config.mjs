/**
 * Elements are registered apart from their classes (`defineElement('tag', Class)` in src/define): tells the manifest which class has which tag, and
 * leaves out what is no element and what is not public.
 */
function registrations() {
  const tags = new Map();
  return {
    name: 'registrations',
    analyzePhase({ ts, node }) {
      if (!ts.isCallExpression(node) || node.expression.getText() !== 'defineElement') return;
      const [tag, element] = node.arguments;
      if (tag && ts.isStringLiteral(tag) && element) tags.set(element.getText(), tag.text);
    },
    packageLinkPhase({ customElementsManifest }) {
      for (const module of customElementsManifest.modules) {
        module.declarations = (module.declarations ?? []).filter(({ name }) => hasTag(name) || isBase(name));
        for (const declaration of module.declarations) {
          const tagName = [...tags].find(([name]) => name === declaration.name)?.[1];
          if (tagName) Object.assign(declaration, { customElement: true, tagName });
          declaration.members = declaration.members?.filter(isPublic);
          // The analyzer also guesses events from the arguments of their constructors.
          declaration.events = declaration.events?.filter(({ description }) => description);
        }
        const named = new Set(module.declarations.map(({ name }) => name));
        module.exports = module.exports?.filter(({ declaration }) => named.has(declaration?.name));
      }
      // The analyzer has them in the order in which the disk answered.
      customElementsManifest.modules = customElementsManifest.modules
        .filter(({ declarations }) => declarations.length > 0)
        .sort((a, b) => (a.path < b.path ? -1 : 1));
    },
  };

  function hasTag(name) {
    return tags.has(name);
  }
}

/** Not registered, but elements inherit from it. */
function isBase(name) {
  return name === 'WhatsAppElement' || name === 'Connected';
}

/** What is static is for those who write elements, not for those who use them. */
function isPublic({ privacy, name, static: isStatic }) {
  return !isStatic && privacy !== 'private' && privacy !== 'protected' && !name.startsWith('#');
}

export default {
  globs: ['src/elements/**/*.ts', 'src/context/connected.ts', 'src/define/**/*.ts'],
  outdir: '.',
  litelement: true,
  packagejson: false,
  plugins: [registrations()],
};
