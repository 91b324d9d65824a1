type Version = readonly [number, number, number]

const compare = (a: Version, b: Version) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]
const read = (text: string): Version => {
  const [major = 0, minor = 0, patch = 0] = text.split('.').map((part) => Number.parseInt(part, 10) || 0)
  return [major, minor, patch]
}

/** Whether a version fits an `engines` range: `||` of blank-separated `>=`, `>`, `<`, `<=`, `^`, `~` or plain versions. */
export default function satisfiesNode(range: string, version: Version): boolean {
  return range.split('||').some((part) =>
    part
      .trim()
      .replaceAll(/([<>=^~]+)\s+/g, '$1')
      .split(/\s+/)
      .every((term) => {
        const [, sign = '', text = ''] = /^([<>=^~]*)v?(.*)$/.exec(term) ?? []
        const bound = read(text)
        if (text === '' || text === '*') return true
        if (sign === '>=') return compare(version, bound) >= 0
        if (sign === '>') return compare(version, bound) > 0
        if (sign === '<') return compare(version, bound) < 0
        if (sign === '<=') return compare(version, bound) <= 0
        if (sign === '^') return version[0] === bound[0] && compare(version, bound) >= 0
        if (sign === '~') return version[0] === bound[0] && version[1] === bound[1] && version[2] >= bound[2]
        return version[0] === bound[0] && (!text.includes('.') || compare(version, bound) === 0)
      }),
  )
}
