/** A page of the web by its title, which opens it. Its address is a stranger's: only http and https lead anywhere. */
export function VisitedPage({ page: { url, title } }: { page: { url: string; title: string } }) {
  const isWeb = /^https?:\/\//i.test(url)
  const name = title.trim() || url.replace(/^https?:\/\//i, '')
  if (!isWeb) return <bdi>{name}</bdi>
  return (
    <a href={url} target="_blank" rel="noopener noreferrer">
      <bdi>{name}</bdi>
    </a>
  )
}
