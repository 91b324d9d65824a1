/** The longer side of a small picture; twice what a thread shows it at. */
const side = 960
/** A picture of more points is no photograph: it is there to fill the memory. */
const mostPixels = 120_000_000
const patienceSeconds = 15

type Sharp = (typeof import('sharp'))['default']
let opened: Promise<Sharp> | undefined

/** Only what reads these four formats; whatever else libvips could read is switched off. */
async function open(): Promise<Sharp> {
  const { default: sharp } = await import('sharp')
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({
    operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp', 'VipsForeignLoadHeif'],
  })
  sharp.cache(false)
  sharp.concurrency(1)
  return sharp
}

/**
 * Makes a small picture of a picture: upright, without what the camera wrote into it.
 * @returns null for one that cannot be read, or is too large in points or too slow to be sensible
 */
export async function shrinkPicture(content: Buffer): Promise<Buffer | null> {
  opened ??= open()
  const sharp = await opened
  try {
    return await sharp(content, { limitInputPixels: mostPixels, failOn: 'error', pages: 1 })
      .timeout({ seconds: patienceSeconds })
      .autoOrient()
      .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 78 })
      .toBuffer()
  } catch {
    return null
  }
}
