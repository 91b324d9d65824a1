import { findPackageJSON } from 'node:module'
import { dirname } from 'node:path'

/** The folder that holds package.json, for files found at run time: what asks may stand among the sources or be built into dist/server. */
export function findRoot(): string {
  const file = findPackageJSON(import.meta.url)
  if (file === undefined) throw new Error('Ficha does not stand in its folder: there is no package.json above it')
  return dirname(file)
}
