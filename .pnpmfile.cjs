// Prisma's client names its schema tool and TypeScript as optional peers. Both are here for building, so that pnpm would deliver them, and
// what they need in turn, with the client that never calls them.
function readPackage(manifest) {
  if (manifest.name !== '@prisma/client') return manifest;
  const { peerDependencies, peerDependenciesMeta, ...rest } = manifest;
  return rest;
}

module.exports = { hooks: { readPackage } };
