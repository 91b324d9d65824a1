/**
 * A page for the mail frame. The frame has no origin, so the session's cookie does not go with its requests: the mail's own
 * pictures are fetched here and put into the page itself. One that cannot be fetched is left out.
 */
export async function embedFiles(html: string): Promise<string> {
  const page = new DOMParser().parseFromString(html, 'text/html')
  const pictures = [...page.querySelectorAll<HTMLImageElement>('img[src^="/files/"]')]
  await Promise.all(pictures.map(embed))
  return `<!doctype html><meta charset="utf-8"><base target="_blank"><style>${look}</style>${page.body.innerHTML}`
}

const look =
  ':root{color-scheme:light}body{margin:12px;font:14px/1.5 system-ui,sans-serif;color:#222;background:#fff;overflow-wrap:anywhere}img{max-width:100%;height:auto}'

async function embed(picture: HTMLImageElement): Promise<void> {
  const source = picture.getAttribute('src') ?? ''
  picture.removeAttribute('src')
  picture.removeAttribute('loading')
  try {
    const answer = await fetch(source)
    if (answer.ok) picture.setAttribute('src', await dataUrl(await answer.blob()))
  } catch {
    // Offline: the words are worth showing without it.
  }
}

function dataUrl(blob: Blob): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const reader = new FileReader()
  reader.addEventListener('load', () => resolve(reader.result as string))
  reader.addEventListener('error', () => reject(reader.error ?? new Error('unreadable')))
  reader.readAsDataURL(blob)
  return promise
}
